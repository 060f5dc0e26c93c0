package io.mediakeep.media.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.ForwardingStore;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.MediaNode;
import io.mediakeep.media.NodeOptions;
import io.mediakeep.media.content.ByteSource;
import io.mediakeep.media.content.Content;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.H2Database;
import io.mediakeep.testing.LogCapture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Blobs that are lost or damaged in any way, as files and as rows. */
class DamagedBlobsTest {
    private static final String TEXT = "a cat that sits on a mat";

    @TempDir
    Path directory;

    /** The kind of damage. */
    private enum Damage {
        MISSING,
        CUT,
        LONGER,
        TURNED
    }

    @ParameterizedTest
    @EnumSource
    void damagedFilesAreNotServedUntilRepaired(Damage damage) throws Exception {
        assertNotServedUntilRepaired(damage, false);
    }

    @ParameterizedTest
    @EnumSource
    void damagedRowsAreNotServedUntilRepaired(Damage damage) throws Exception {
        assertNotServedUntilRepaired(damage, true);
    }

    private void assertNotServedUntilRepaired(Damage damage, boolean inDatabase) throws Exception {
        try (MediaNode node = node(inDatabase);
                LogCapture recording = new LogCapture()) {
            Mxc mxc = node.upload(MediaNode.ALICE, TEXT);
            Mxc other = node.upload(MediaNode.BOB, TEXT);
            BlobLocation location = content(node, mxc).blob();
            if (inDatabase) {
                damageRows(node, damage, location);
            } else {
                damageFile(node.store.file(location).orElseThrow(), damage);
            }
            if (damage == Damage.TURNED) {
                assertThat(node.blobs.damage().recordDamaged(location, TEXT.length()))
                        .isTrue();
            } else {
                assertThat(sent(node, mxc)).isNotEqualTo(TEXT);
            }
            for (Mxc either : new Mxc[] {mxc, other, mxc}) {
                assertThat(sent(node, either)).isEqualTo("404");
            }
            assertThat(recording.text().lines().filter(line -> line.contains("lost or damaged")))
                    .hasSize(1);
            Mxc again = node.upload(MediaNode.BOB, TEXT);
            for (Mxc each : new Mxc[] {mxc, other, again}) {
                assertThat(sent(node, each)).isEqualTo(TEXT);
            }
            assertThat(node.rows("BlobEntity")).isOne();
        }
    }

    @Test
    void aBlobRepairedDuringTheDetectionIsServed() throws Exception {
        try (MediaNode node = node(false);
                LogCapture recording = new LogCapture()) {
            Mxc mxc = node.upload(MediaNode.ALICE, TEXT);
            Content content = content(node, mxc);
            assertThat(node.blobs.damage().recordDamaged(content.blob(), content.size()))
                    .isFalse();
            assertThat(sent(node, mxc)).isEqualTo(TEXT);
            assertThat(recording.text()).doesNotContain("lost or damaged");
        }
    }

    @Test
    void aFailureOfTheStoreIsNotReportedAsDamage() throws Exception {
        DatabaseSettings settings = inMemory();
        try (MediaNode node = new MediaNode(
                settings, directory.resolve("blobs"), new NodeOptions().wrapStore(inner -> new ForwardingStore(inner) {
                    @Override
                    public InputStream open(BlobLocation location, long offset, long length) throws IOException {
                        throw new IOException("Input/output error");
                    }
                }))) {
            Mxc mxc = node.upload(MediaNode.ALICE, TEXT);
            Content content = content(node, mxc);
            assertThat(catchThrowable(() -> node.blobs.damage().recordDamaged(content.blob(), content.size())))
                    .hasMessageContaining("Input/output error");
            assertThat(sent(node, mxc)).isEqualTo(TEXT);
        }
    }

    private MediaNode node(boolean inDatabase) throws IOException {
        return new MediaNode(inMemory(), directory.resolve("blobs"), new NodeOptions().blobsInDatabase(inDatabase));
    }

    private static DatabaseSettings inMemory() {
        return H2Database.inMemory();
    }

    private static Content content(MediaNode node, Mxc mxc) throws Exception {
        return node.open(mxc, Duration.ZERO).get();
    }

    /** The response to a client: the text, as far as it is received, or the status. */
    private static String sent(MediaNode node, Mxc mxc) throws Exception {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            Content content = content(node, mxc);
            try (ByteSource source = content.source(0, content.size());
                    WritableByteChannel channel = Channels.newChannel(body)) {
                while (!source.ended()) {
                    source.sendTo(channel, source.available());
                }
            }
            return body.toString(StandardCharsets.UTF_8);
        } catch (MatrixException exception) {
            return String.valueOf(exception.status());
        } catch (ExecutionException failure) {
            return String.valueOf(((MatrixException) failure.getCause()).status());
        } catch (IOException brokenOff) {
            return "broken off";
        }
    }

    private static void damageFile(Path file, Damage damage) throws IOException {
        switch (damage) {
            case MISSING -> Files.delete(file);
            case CUT -> Files.writeString(file, TEXT.substring(0, 5));
            case LONGER -> Files.writeString(file, "!", StandardOpenOption.APPEND);
            case TURNED -> Files.writeString(file, TEXT.toUpperCase(Locale.ROOT));
        }
    }

    private static void damageRows(MediaNode node, Damage damage, BlobLocation location) {
        String change = switch (damage) {
            case MISSING -> "delete from complete_blob";
            case CUT -> "update blob_chunk set bytes = X'61'";
            case LONGER -> "update complete_blob set size = size + 1";
            case TURNED -> "update blob_chunk set bytes = cast(upper(cast(bytes as varchar)) as varbinary)";
        };
        node.transactions.run(entities -> entities.createNativeQuery(change + " where location = :location")
                .setParameter("location", location.value())
                .executeUpdate());
    }
}
