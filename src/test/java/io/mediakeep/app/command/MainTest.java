package io.mediakeep.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines that are rejected, and the help. */
class MainTest {
    private final CommandRun run = new CommandRun();

    @ParameterizedTest
    @ValueSource(strings = {"chekc", "--port 8008", "--config", "help nothing"})
    void anInvalidCommandLineIsRejectedInOneLine(String arguments) {
        assertThat(run.execute(arguments.split(" "))).isEqualTo(ExitCode.FAILED);
        assertThat(run.errors().strip())
                .hasLineCount(1)
                .contains(arguments.split(" ")[arguments.startsWith("h") ? 1 : 0]);
        assertThat(run.output()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "-h"})
    void theHelpListsOptionsAndCommands(String argument) {
        assertThat(run.execute(argument)).isEqualTo(ExitCode.DONE);
        assertThat(run.output()).contains("--config=FILE", "Commands:", "help");
        assertThat(run.errors()).isEmpty();
    }

    @Test
    void anArgumentIsNotTakenForAFileOfArguments() {
        assertThat(run.execute("@/etc/hostname")).isEqualTo(ExitCode.FAILED);
        assertThat(run.errors()).contains("@/etc/hostname");
    }

    @Test
    void aMissingConfigurationFileIsNamed() {
        assertThat(run.execute("--config", "/nothing/mediakeep.yaml")).isEqualTo(ExitCode.FAILED);
        assertThat(run.errors()).contains("/nothing/mediakeep.yaml").doesNotContain("Exception", "\tat ");
    }
}
