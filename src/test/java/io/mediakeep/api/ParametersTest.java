package io.mediakeep.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.matrix.ErrorCode;
import io.mediakeep.matrix.MatrixException;
import java.net.URI;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ContainerRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "20000, 20000", "007, 7", "999999999999999999, 999999999999999999"})
    void millisecondsAreParsed(String text, long milliseconds) {
        assertThat(parameters("timeout_ms=" + text).milliseconds("timeout_ms"))
                .contains(Duration.ofMillis(milliseconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "+1", "1.5", "1e3", "0x10", "20s", "%201", "1000000000000000000", "%D9%A1", "NaN"})
    void invalidMillisecondsAreRejectedByName(String text) {
        Parameters parameters = parameters("timeout_ms=" + text);
        assertRejected("timeout_ms", () -> parameters.milliseconds("timeout_ms"));
    }

    @Test
    void flagsAreParsed() {
        assertThat(parameters("allow_remote=true").flag("allow_remote", false)).isTrue();
        assertThat(parameters("allow_remote=false").flag("allow_remote", true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"True", "FALSE", "1", "0", "yes", "true%20", "null"})
    void invalidFlagsAreRejectedByName(String text) {
        Parameters parameters = parameters("allow_remote=" + text);
        assertRejected("allow_remote", () -> parameters.flag("allow_remote", true));
    }

    @Test
    void aMissingParameterIsAbsent() {
        Parameters parameters = parameters("other=true");
        assertThat(parameters.text("timeout_ms")).isEmpty();
        assertThat(parameters.milliseconds("timeout_ms")).isEmpty();
        assertThat(parameters.flag("allow_remote", true)).isTrue();
        assertThat(parameters.flag("allow_remote", false)).isFalse();
    }

    @Test
    void textIsDecodedAsUtf8() {
        assertThat(parameters("filename=%E5%90%8D%E5%89%8D%20a%2Bb+c.jpg").text("filename"))
                .contains("\u540D\u524D a+b c.jpg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x=", "x", "x=&x=true"})
    void anEmptyParameterIsAbsent(String query) {
        Parameters parameters = parameters(query);
        assertThat(parameters.text("x")).isEmpty();
        assertThat(parameters.milliseconds("x")).isEmpty();
        assertThat(parameters.flag("x", true)).isTrue();
        assertThat(parameters.flag("x", false)).isFalse();
    }

    @Test
    void theFirstOfSeveralValuesIsUsed() {
        assertThat(parameters("timeout_ms=1&timeout_ms=nonsense").milliseconds("timeout_ms"))
                .contains(Duration.ofMillis(1));
    }

    private static void assertRejected(String name, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(MatrixException.class, exception -> {
            assertThat(exception.code()).isEqualTo(ErrorCode.M_INVALID_PARAM);
            assertThat(exception.status()).isEqualTo(400);
            assertThat(exception.sentence()).contains("'" + name + "'");
        });
    }

    private static Parameters parameters(String query) {
        URI base = URI.create("http://localhost/");
        return new Parameters(
                new ContainerRequest(base, base.resolve("/?" + query), "GET", null, new MapPropertiesDelegate(), null)
                        .getUriInfo());
    }
}
