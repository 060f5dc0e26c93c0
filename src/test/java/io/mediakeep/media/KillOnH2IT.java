package io.mediakeep.media;

import io.mediakeep.testing.H2Database;
import io.mediakeep.persistence.DatabaseSettings;

class KillOnH2IT extends KillContract {
    @Override
    DatabaseSettings database() {
        return H2Database.in(directory);
    }
}
