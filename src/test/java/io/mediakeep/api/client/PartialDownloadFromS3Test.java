package io.mediakeep.api.client;

import io.mediakeep.testing.server.S3Server;
import java.util.Map;

/** The same with blobs in S3. */
class PartialDownloadFromS3Test extends PartialDownloadTest {

    @Override
    Map<String, String> configured() {
        return S3Server.configuration(S3Server.freshBucket());
    }
}
