package io.mediakeep.media;

import io.mediakeep.persistence.DatabaseSettings;
import java.util.Optional;

class KillOnH2IT extends KillContract {
    /** In milliseconds: places in the file are used again after this, instead of after 45 s, as in a file with a past. */
    private static final int RETENTION = 100;

    @Override
    DatabaseSettings database() {
        String url = "jdbc:h2:file:" + folder.resolve("mediakeep") + ";RETENTION_TIME=" + RETENTION;
        return new DatabaseSettings(url, Optional.empty(), Optional.empty(), 10);
    }
}
