package io.mediakeep.media;

import io.mediakeep.persistence.DatabaseSettings;
import java.util.Optional;

class KillOnH2IT extends KillContract {
    @Override
    DatabaseSettings database() {
        String url = "jdbc:h2:file:" + directory.resolve("mediakeep");
        return new DatabaseSettings(url, Optional.empty(), Optional.empty(), 10);
    }
}
