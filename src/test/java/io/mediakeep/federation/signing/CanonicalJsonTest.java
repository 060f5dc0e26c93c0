package io.mediakeep.federation.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

    /** The examples of the Matrix specification, appendices, "Canonical JSON". */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {} | {}
                    { "one": 1, "two": "Two" } | {"one":1,"two":"Two"}
                    { "b": "2", "a": "1" } | {"a":"1","b":"2"}
                    {"b":"2","a":"1"} | {"a":"1","b":"2"}
                    { "a": "日本語" } | {"a":"日本語"}
                    { "本": 2, "日": 1 } | {"日":1,"本":2}
                    { "a": "\\u65E5" } | {"a":"日"}
                    { "a": null } | {"a":null}
                    { "a": -0, "b": 1e10 } | {"a":0,"b":10000000000}
                    """)
    void theExamplesOfTheSpecificationAreReproduced(String json, String canonical) {
        assertThat(canonical(json)).isEqualTo(canonical);
    }

    @Test
    void theLongExampleOfTheSpecificationIsReproduced() {
        assertThat(canonical("""
                        {
                            "auth": {
                                "success": true,
                                "mxid": "@john.doe:example.com",
                                "profile": {
                                    "display_name": "John Doe",
                                    "three_pids": [
                                        {"medium": "email", "address": "john.doe@example.org"},
                                        {"medium": "msisdn", "address": "123456789"}
                                    ]
                                }
                            }
                        }
                        """))
                .isEqualTo("{\"auth\":{\"mxid\":\"@john.doe:example.com\",\"profile\":{\"display_name\":\"John Doe\","
                        + "\"three_pids\":[{\"address\":\"john.doe@example.org\",\"medium\":\"email\"},"
                        + "{\"address\":\"123456789\",\"medium\":\"msisdn\"}]},\"success\":true}}");
    }

    @Test
    void namesAreSortedByCodePointAndNotByUtf16Unit() {
        // U+1F408 is written with surrogates, which are smaller than U+FB01 as units
        assertThat(canonical("{\"\uD83D\uDC08\":1,\"\uFB01\":2}")).isEqualTo("{\"\uFB01\":2,\"\uD83D\uDC08\":1}");
    }

    @Test
    void onlyRequiredCharactersAreEscaped() {
        assertThat(canonical(
                        "[\"\\u0008\\u0009\\u000a\\u000c\\u000d\\u0022\\u005c\\u0000\\u001f\\u002f\\u007f\\u2028\"]"))
                .isEqualTo("[\"\\b\\t\\n\\f\\r\\\"\\\\\\u0000\\u001f/\u007f\u2028\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9007199254740991", "-9007199254740991", "0", "-1"})
    void integersInTheSpecifiedRangeAreAccepted(String integer) {
        assertThat(canonical("[" + integer + "]")).isEqualTo("[" + integer + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740992",
                "-9007199254740992",
                "18446744073709551617",
                "1.5",
                "1.0",
                "1e-1",
                "1e16",
                "1e999999999",
                "0.0"
            })
    void otherNumbersAreRejected(String number) {
        assertThatIllegalArgumentException().isThrownBy(() -> canonical("[" + number + "]"));
    }

    @Test
    void aLoneSurrogateIsRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> canonical("[\"\\ud83d\"]"));
        assertThatIllegalArgumentException().isThrownBy(() -> canonical("{\"\\udc08\":1}"));
    }

    @Test
    void emptyArraysAndObjectsArePreserved() {
        assertThat(canonical("{\"b\":[ ],\"a\":{ },\"c\":[[],{}]}")).isEqualTo("{\"a\":{},\"b\":[],\"c\":[[],{}]}");
    }

    private static String canonical(String json) {
        JsonValue value = Json.createReader(new StringReader(json)).readValue();
        return new String(CanonicalJson.bytes(value), UTF_8);
    }
}
