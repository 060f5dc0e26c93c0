package io.mediakeep.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.util.Duration;
import io.mediakeep.testing.Eventually;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepetitionFilterTest {

    @Test
    void theNumberOfOmittedLinesIsLoggedLater() throws Exception {
        LoggerContext context = new LoggerContext();
        RepetitionFilter filter = new RepetitionFilter();
        filter.setContext(context);
        filter.setMaxPerPeriod(1);
        filter.setPeriod(Duration.buildByMilliseconds(50));
        ListAppender<ILoggingEvent> written = new ListAppender<>();
        written.addFilter(filter);
        written.start();
        Logger log = context.getLogger("test");
        log.addAppender(written);
        for (int i = 0; i < 3; i++) {
            log.info("a line");
        }
        filter.start();
        Eventually.holds(() -> assertThat(List.copyOf(written.list))
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("a line", "2 more lines like \"a line\" were omitted"));
        context.stop();
    }
}
