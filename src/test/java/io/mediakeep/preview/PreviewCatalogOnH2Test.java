package io.mediakeep.preview;

import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.H2Database;
import java.nio.file.Path;

class PreviewCatalogOnH2Test extends PreviewCatalogContract {
    @Override
    DatabaseSettings database(Path directory) {
        return H2Database.in(directory);
    }
}
