package io.mediakeep.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.matrix.ErrorCode;
import io.mediakeep.matrix.MatrixException;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadQuotaTest {
    private static final String LARGEST = "9223372036854775807";

    private final UploadQuota unlimited = new UploadQuota(QuotaSettings.UNLIMITED);
    private final UploadQuota quota = new UploadQuota(new QuotaSettings(OptionalLong.of(100), OptionalLong.of(3)));

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "0, 0, 100", "99, 2, 1", "100, 2, 0"})
    void whatFitsMayCome(long keptBytes, long keptFiles, long size) {
        assertThatCode(() -> quota.check(keptBytes, keptFiles, size)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 101",
        "100, 1, 1",
        "0, 3, 0",
        "0, 4, 0",
        "101, 0, 0",
        LARGEST + ", 0, 1",
        "1, 0, " + LARGEST,
        LARGEST + ", 0, " + LARGEST
    })
    void whatDoesNotFitIsForbidden(long keptBytes, long keptFiles, long size) {
        assertThatThrownBy(() -> quota.check(keptBytes, keptFiles, size))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.M_FORBIDDEN));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, " + LARGEST, "9223372036854775806, 9223372036854775806, 1"})
    void withoutAQuotaEverythingMayCome(long keptBytes, long keptFiles, long size) {
        assertThatCode(() -> unlimited.check(keptBytes, keptFiles, size)).doesNotThrowAnyException();
    }
}
