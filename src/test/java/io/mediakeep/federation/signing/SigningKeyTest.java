package io.mediakeep.federation.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.matrix.ServerName;
import io.mediakeep.testing.TestKey;
import jakarta.json.Json;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {
    /** The key of the Matrix specification, appendices, "Cryptographic Test Vectors". */
    private static final String SEED = "YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {} | K8280/U9SSy9IVtjBuVeLr+HpOB4BQFWbg+UZaADMtTdGYI7Geitb76LTrr5QV/7Xg4ahLwYGYZzuHGZKM5ZAQ
                    {"one":1,"two":"Two"} | KqmLSbO39/Bzb0QIYE82zqLwsA+PDzYIpIRA2sRQ4sL53+sN6/fpNSoqE7BP7vBZhG6kYdD13EIMJpvhJI+6Bw
                    """)
    void theSignaturesOfTheSpecificationAreReproduced(String json, String signature) throws IOException {
        SigningKey key = read("ed25519 1 " + SEED);
        byte[] canonical =
                CanonicalJson.bytes(Json.createReader(new StringReader(json)).readObject());
        assertThat(key.signature(canonical)).isEqualTo(signature);
    }

    @Test
    void allPartsOfARequestAreSigned() throws IOException {
        TestKey published = new TestKey("ed25519:a_1");
        SignableRequest request = new SignableRequest(
                "PUT",
                "/_matrix/federation/v1/send/1?x=%20",
                new ServerName("origin.example"),
                new ServerName("destination.example:8448"),
                Optional.of(Json.createObjectBuilder().add("b", 1).add("a", 2).build()));
        XMatrix header = read(published.synapseLine()).sign(request);
        String signed =
                "{\"content\":{\"a\":2,\"b\":1},\"destination\":\"destination.example:8448\",\"method\":\"PUT\","
                        + "\"origin\":\"origin.example\",\"uri\":\"/_matrix/federation/v1/send/1?x=%20\"}";
        assertThat(header.signature()).isEqualTo(published.sign(signed.getBytes()));
        assertThat(header.header())
                .isEqualTo("X-Matrix origin=\"origin.example\",destination=\"destination.example:8448\","
                        + "key=\"ed25519:a_1\",sig=\"" + header.signature() + "\"");
    }

    @Test
    void theFirstOfSeveralSynapseKeysSigns() throws IOException {
        String second = new TestKey("ed25519:b").synapseLine();
        SigningKey key = read("\n ed25519  a_abcd\t" + SEED + " \r\n\n" + second);
        assertThat(key.id()).hasToString("ed25519:a_abcd");
        assertThat(key.signature(new byte[0]))
                .isEqualTo(read("ed25519 1 " + SEED).signature(new byte[0]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MATRIX", "MMR"})
    void pemFilesOfDendriteAndMatrixMediaRepoAreParsed(String owner) throws IOException {
        SigningKey key = read(pem(owner, "Key-ID: ed25519:Zx09\nVersion: 1\n\n") + pem(owner, "Key-ID: ed25519:b\n\n"));
        assertThat(key.id()).hasToString("ed25519:Zx09");
        assertThat(key.signature(new byte[0]))
                .isEqualTo(read("ed25519 1 " + SEED).signature(new byte[0]));
    }

    @Test
    void pemFilesWithWindowsLineEndsAreParsed() throws IOException {
        assertThat(read(pem("MATRIX", "Key-ID: ed25519:a\n\n").replace("\n", "\r\n"))
                        .id())
                .hasToString("ed25519:a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\n",
                "rsa a_1 YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1",
                "ed25519 a_1",
                "ed25519 a-1 YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1",
                "ed25519 a_1 c2hvcnQ",
                "ed25519 a_1 !!!!",
                "ed25519 a_1 YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1 more",
                "ed25519 a_1 YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1\nnonsense",
                "-----BEGIN MATRIX PRIVATE KEY-----\n\nYJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA0=\n"
                        + "-----END MATRIX PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nKey-ID: ed25519:a\n\nYJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA0=\n"
                        + "-----END PRIVATE KEY-----\n",
                "-----BEGIN MATRIX PRIVATE KEY-----\nKey-ID: ed25519:a\n\nYJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3"
            })
    void invalidKeysAreRejectedWithoutPrintingThem(String content) {
        assertThatThrownBy(() -> read(content))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("signing.key does not contain signing keys")
                .message()
                .doesNotContain("YJDBA9");
    }

    @Test
    void aKeyIsNotPrinted() throws IOException {
        assertThat(read("ed25519 a_1 " + SEED)).hasToString("SigningKey[ed25519:a_1]");
    }

    @ParameterizedTest
    @CsvSource({
        "rw-------, false",
        "r--------, false",
        "rw-r-----, false",
        "rw-rw----, true",
        "rw-r--r--, true",
        "rw-----w-, true"
    })
    void aKeyFileAccessibleToOthersIsDetected(String permissions, boolean open) throws IOException {
        Path file = Files.writeString(directory.resolve("signing.key"), "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        assertThat(KeyFile.isAccessibleToOthers(file)).isEqualTo(open);
    }

    private static String pem(String owner, String headers) {
        String seed = Base64.getEncoder().encodeToString(Base64.getDecoder().decode(SEED));
        return "-----BEGIN " + owner + " PRIVATE KEY-----\n" + headers + seed + "\n-----END " + owner
                + " PRIVATE KEY-----\n";
    }

    private SigningKey read(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("signing.key"), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return SigningKey.readFrom(file);
    }
}
