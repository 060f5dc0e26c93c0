package io.mediakeep.blob.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.S3Settings;
import io.mediakeep.blob.Spool;
import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.testing.server.S3FaultProxy;
import io.mediakeep.testing.server.S3Server;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The headers of the requests that write objects. */
class S3RequestHeadersTest {
    private static final S3Settings.Objects PROPERTIES =
            new S3Settings.Objects(Optional.of("STANDARD_IA"), Optional.of("aws:kms"), Optional.of("key-1"));
    private static final String[] PROPERTY_HEADERS = {
        "\r\nx-amz-storage-class: standard_ia\r\n",
        "\r\nx-amz-server-side-encryption: aws:kms\r\n",
        "\r\nx-amz-server-side-encryption-aws-kms-key-id: key-1\r\n"
    };

    @TempDir
    Path directory;

    private S3FaultProxy proxy;
    private S3BlobStore store;
    private SpoolDirectory spools;

    @BeforeEach
    void open() throws IOException {
        proxy = new S3FaultProxy();
        S3Settings.Bucket bucket = S3Server.freshBucket();
        S3Settings direct = S3Server.settings(bucket);
        store = new S3BlobStore(
                new S3Settings(
                        new S3Settings.Bucket(Optional.of(proxy.url()), bucket.region(), bucket.name(), "", true),
                        direct.credentials(),
                        PROPERTIES,
                        direct.requests(),
                        S3Settings.Redirects.NONE,
                        Optional.empty()),
                InstantSource.system());
        spools = SpoolDirectory.open(directory);
    }

    @AfterEach
    void close() throws IOException {
        store.close();
        proxy.close();
        spools.close();
    }

    @Test
    void anObjectHasTheConfiguredStorageClassAndEncryption() throws IOException {
        put(10);
        assertThat(heads("put ")).singleElement().asString().contains(PROPERTY_HEADERS);
    }

    @Test
    void anObjectInPartsHasTheConfiguredStorageClassAndEncryption() throws IOException {
        put((int) PartLayout.MIN_SIZE);
        assertThat(heads("post "))
                .filteredOn(head -> head.contains("?uploads"))
                .singleElement()
                .asString()
                .contains(PROPERTY_HEADERS);
    }

    /** A server would respond early to an object that exists, which the time of an upload would reveal. */
    @Test
    void noRequestExpectsAResponseBeforeItsBody() throws IOException {
        put((int) PartLayout.MIN_SIZE - 1);
        put((int) PartLayout.MIN_SIZE);
        assertThat(heads("put ")).hasSize(2).noneMatch(head -> head.contains("\r\nexpect:"));
    }

    private List<String> heads(String method) {
        return proxy.heads().stream()
                .map(head -> head.toLowerCase(Locale.ROOT))
                .filter(head -> head.startsWith(method))
                .toList();
    }

    private void put(int size) throws IOException {
        try (Spool spool = spools.receive(new ByteArrayInputStream(new byte[size]), size)) {
            store.put(spool, BlobLocation.newFor(spool.id()));
        }
    }
}
