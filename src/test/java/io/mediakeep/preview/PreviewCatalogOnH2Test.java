package io.mediakeep.preview;

import io.mediakeep.persistence.DatabaseSettings;
import java.nio.file.Path;
import java.util.Optional;

class PreviewCatalogOnH2Test extends PreviewCatalogContract {
    @Override
    DatabaseSettings database(Path directory) {
        String url = "jdbc:h2:file:" + directory.resolve("mediakeep").toAbsolutePath();
        return new DatabaseSettings(url, Optional.empty(), Optional.empty(), 10);
    }
}
