package io.mediakeep.media;

import io.mediakeep.persistence.DatabaseSettings;
import java.util.Optional;

class KillOnH2IT extends KillContract {
    @Override
    DatabaseSettings database() {
        return new DatabaseSettings(
                "jdbc:h2:file:" + folder.resolve("mediakeep"), Optional.empty(), Optional.empty(), 10);
    }
}
