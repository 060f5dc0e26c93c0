package io.mediakeep.preview;

import io.mediakeep.testing.server.TestSite;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One node for all tests of a class, reset before each, and a site for each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PreviewFixture {
    Path directory;
    PreviewNode node;
    TestSite site;

    /** The settings of the node. */
    PreviewSettings settings() {
        return PreviewSettings.DEFAULTS;
    }

    @BeforeAll
    void startNode(@TempDir Path directory) throws IOException {
        this.directory = directory;
        node = PreviewNode.onH2(directory, settings());
    }

    @AfterAll
    void stopNode() throws IOException {
        node.close();
    }

    @BeforeEach
    void start() throws IOException {
        node.reset();
        site = new TestSite();
    }

    @AfterEach
    void stop() {
        site.close();
    }
}
