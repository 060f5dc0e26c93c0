package io.mediakeep.api.client;

import java.util.Map;

/** The same with blobs in the database. */
class PartialDownloadFromDatabaseTest extends PartialDownloadTest {

    @Override
    Map<String, String> configured() {
        return Map.of("blobs.kind", "database");
    }
}
