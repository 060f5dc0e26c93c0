package io.mediakeep.media;

import io.mediakeep.app.ServerInProcess;
import io.mediakeep.blob.S3Settings;
import io.mediakeep.blob.s3.S3BlobStore;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.PostgresServer;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.server.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Two nodes on PostgreSQL and S3, of which one is killed: the other one serves what was acknowledged. */
class KillOnS3IT extends KillContract {
    private final S3Settings.Bucket bucket = S3Server.freshBucket();
    private DatabaseSettings database;
    private S3BlobStore store;
    private ServerInProcess other;

    @BeforeEach
    void start() throws IOException {
        database = PostgresServer.freshDatabase();
        store = new S3BlobStore(S3Server.settings(bucket), InstantSource.system());
        Path own = Files.createDirectory(directory.resolve("other"));
        new TestConfig(own).on(database).with(configured()).writeTo(own);
        other = new ServerInProcess(own);
    }

    @AfterEach
    void stop() {
        other.close();
        store.close();
    }

    @Override
    DatabaseSettings database() {
        return database;
    }

    @Override
    String configured() {
        return S3Server.yaml(bucket);
    }

    @Override
    void killed() throws Exception {
        assertServesAll(new Client(other.url(), TestConfig.ALICE));
    }

    @Override
    MediaNode node(DatabaseSettings settings) throws IOException {
        return new MediaNode(settings, directory, new NodeOptions().wrapStore(disk -> store));
    }

    @Override
    long storedBlobs() {
        return S3Server.client()
                .listObjectsV2Paginator(request -> request.bucket(bucket.name()).prefix("blobs/"))
                .contents()
                .stream()
                .count();
    }
}
