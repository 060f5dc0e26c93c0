package io.mediakeep.admin.removal;

import io.mediakeep.persistence.DatabaseSettings;
import java.nio.file.Path;
import java.util.Optional;

class RemovalOnH2Test extends RemovalContract {
    @Override
    DatabaseSettings settings(Path folder) {
        return new DatabaseSettings("jdbc:h2:file:" + folder.resolve("removal"), Optional.empty(), Optional.empty(), 4);
    }
}
