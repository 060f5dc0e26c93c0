package io.mediakeep.smoke;

import io.mediakeep.testing.RunningServer;
import io.mediakeep.testing.ServerProcess;
import io.mediakeep.testing.TomcatMain;
import jakarta.annotation.PostConstruct;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.catalina.startup.Tomcat;

/** The WAR deployed to Tomcat 10.1. */
class TomcatIT extends SmokeContract {
    @Override
    RunningServer start(Path configured) throws IOException {
        String tomcat = Stream.of(Tomcat.class, PostConstruct.class, TomcatMain.class)
                .map(TomcatIT::origin)
                .collect(Collectors.joining(File.pathSeparator));
        return ServerProcess.start(
                List.of(
                        ServerProcess.java(),
                        "-DMEDIAKEEP_CONFIG=" + configured.resolve("mediakeep.yaml"),
                        "-cp",
                        tomcat,
                        TomcatMain.class.getName(),
                        Path.of("target/mediakeep.war").toAbsolutePath().toString()),
                configured,
                ServerProcess.LISTENING,
                null);
    }

    /** The jar or folder that a class comes from. */
    private static String origin(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }
}
