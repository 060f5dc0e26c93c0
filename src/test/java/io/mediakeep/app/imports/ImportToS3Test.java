package io.mediakeep.app.imports;

import io.mediakeep.migrate.SampleStore;
import io.mediakeep.migrate.source.SourceSettings;
import io.mediakeep.testing.server.S3Server;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

class ImportToS3Test extends ImportOverHttpContract {
    @Override
    Map<String, String> settings() {
        return S3Server.configuration(S3Server.freshBucket());
    }

    @Override
    List<SampleStore> stores() throws Exception {
        return List.of(
                SampleStore.onSqlite(SourceSettings.Kind.SYNAPSE, Files.createDirectory(directory.resolve("synapse"))));
    }
}
