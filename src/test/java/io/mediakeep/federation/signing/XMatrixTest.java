package io.mediakeep.federation.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mediakeep.matrix.ServerName;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XMatrixTest {
    private static final String SIG =
            "K8280/U9SSy9IVtjBuVeLr+HpOB4BQFWbg+UZaADMtTdGYI7Geitb76LTrr5QV/7Xg4ahLwYGYZzuHGZKM5ZAQ";

    private static final XMatrix WHOLE = new XMatrix(
            new ServerName("origin.example:8448"),
            Optional.of(new ServerName("[2001:db8::1]:443")),
            new KeyId("ed25519:a_1"),
            SIG);

    /** Notations of the same header. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Matrix origin=\"origin.example:8448\",destination=\"[2001:db8::1]:443\",key=\"ed25519:a_1\",sig=\"$\"",
                "x-matrix origin=\"origin.example:8448\",destination=\"[2001:db8::1]:443\",key=\"ed25519:a_1\",sig=\"$\"",
                "X-MATRIX   sig=\"$\",KEY=\"ed25519:a_1\",Destination=\"[2001:db8::1]:443\",oRiGiN=\"origin.example:8448\"",
                "X-Matrix origin=origin.example:8448,destination=[2001:db8::1]:443,key=ed25519:a_1,sig=$",
                "X-Matrix origin = \"origin.example:8448\" , \tdestination\t=\"[2001:db8::1]:443\" ,key= ed25519:a_1 , sig=$ ",
                "X-Matrix ,,origin=\"origin.example:8448\",, destination=\"[2001:db8::1]:443\",key=ed25519:a_1,sig=$,",
                "X-Matrix origin=\"\\o\\rigin.example\\:8448\",destination=\"[2001:db8::1]:443\",key=\"ed25519:a_1\",sig=\"$\"",
                "X-Matrix v=\"a, \\\"b\\\", origin=x\",origin=\"origin.example:8448\",destination=\"[2001:db8::1]:443\","
                        + "key=\"ed25519:a_1\",sig=\"$\",extra=1,empty=\"\"",
            })
    void isParsedInAllNotations(String header) {
        assertThat(XMatrix.parse(header.replace("$", SIG))).isEqualTo(WHOLE);
    }

    @Test
    void isParsedAsWritten() {
        assertThat(XMatrix.parse(WHOLE.header())).isEqualTo(WHOLE);
    }

    @Test
    void theDestinationIsOptional() {
        XMatrix old = new XMatrix(WHOLE.origin(), Optional.empty(), WHOLE.key(), SIG);
        assertThat(XMatrix.parse("X-Matrix origin=\"origin.example:8448\",key=\"ed25519:a_1\",sig=\"" + SIG + "\""))
                .isEqualTo(old);
        assertThat(XMatrix.parse(old.header())).isEqualTo(old);
    }

    @Test
    void paddingAfterTheSignatureIsAccepted() {
        assertThat(XMatrix.parse("X-Matrix origin=a,key=ed25519:a,sig=" + SIG + "==")
                        .signature())
                .isEqualTo(SIG + "==");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Matrix",
                "X-Matrix ",
                "X-Matrix abc",
                "X-Matrix key=ed25519:a,sig=$",
                "X-Matrix origin=a,sig=$",
                "X-Matrix origin=a,key=ed25519:a",
                "X-Matrix origin=a,origin=a,key=ed25519:a,sig=$",
                "X-Matrix origin=a,ORIGIN=b,key=ed25519:a,sig=$",
                "X-Matrix origin=a,unknown=1,unknown=2,key=ed25519:a,sig=$",
                "X-Matrix origin=\"a,key=ed25519:a,sig=$",
                "X-Matrix origin=\"a\"b,key=ed25519:a,sig=$",
                "X-Matrix origin=\"a\" key=ed25519:a,sig=$",
                "X-Matrix origin=a;key=ed25519:a;sig=$",
                "X-Matrix origin=,key=ed25519:a,sig=$",
                "X-Matrix origin=\"\",key=ed25519:a,sig=$",
                "X-Matrix origin=\"a b\",key=ed25519:a,sig=$",
                "X-Matrix origin=\"../etc\",key=ed25519:a,sig=$",
                "X-Matrix origin=a,destination=\"a/b\",key=ed25519:a,sig=$",
                "X-Matrix origin=a,key=curve25519:a,sig=$",
                "X-Matrix origin=a,key=\"ed25519:a-b\",sig=$",
                "X-Matrix origin=a,key=ed25519:a,sig=abc",
                "X-Matrix origin=a,key=ed25519:a,sig=$$",
            })
    void invalidHeadersAreRejected(String header) {
        assertThat(XMatrix.isXMatrix(header)).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> XMatrix.parse(header.replace("$", SIG)));
    }

    @Test
    void aTooLongHeaderIsRejectedUnparsed() {
        String long1 = "X-Matrix origin=\"" + "\\a".repeat(1_000_000) + "\",key=ed25519:a,sig=" + SIG;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> XMatrix.parse(long1))
                .withMessage("too long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer abc", "X-Matrixx origin=a", "X-Matri", "Basic X-Matrix"})
    void otherSchemesAreRejected(String header) {
        assertThat(XMatrix.isXMatrix(header)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> XMatrix.parse(header));
    }
}
