package io.mediakeep.jobs;

import io.mediakeep.persistence.DatabaseSettings;
import java.util.Optional;

class JobsOnH2Test extends JobsContract {
    @Override
    DatabaseSettings settings() {
        return new DatabaseSettings("jdbc:h2:file:" + directory.resolve("jobs"), Optional.empty(), Optional.empty(), 4);
    }
}
