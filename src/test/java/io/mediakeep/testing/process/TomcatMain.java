package io.mediakeep.testing.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.startup.Tomcat;

/** Runs a WAR as the only web application of an embedded Tomcat. */
public final class TomcatMain {
    private TomcatMain() {}

    /** The argument is the WAR. */
    public static void main(String[] args) throws Exception {
        Path base = Files.createTempDirectory(Path.of(""), "tomcat").toAbsolutePath();
        Files.createDirectories(base.resolve("webapps"));
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(base.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setProperty("maxThreads", "64"); // this and the next as documented
        tomcat.getConnector().setProperty("connectionTimeout", "20000");
        tomcat.addWebapp("", new File(args[0]).getAbsolutePath());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(tomcat)));
        tomcat.start();
        System.out.println(
                "Listening on http://127.0.0.1:" + tomcat.getConnector().getLocalPort());
        tomcat.getServer().await();
    }

    private static void stop(Tomcat tomcat) {
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (org.apache.catalina.LifecycleException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
