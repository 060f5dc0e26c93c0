package io.mediakeep.config;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The environment variables with configuration values. */
final class Environment {
    /** The variable that names the configuration file; not a key. */
    static final String CONFIG = ConfigKeys.PREFIX + "CONFIG";

    /** The access token of commands, which is no part of the configuration. */
    private static final String TOKEN = ConfigKeys.PREFIX + "TOKEN";

    /** Variables that Kubernetes sets in every container next to a service whose name begins with "mediakeep". */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            "MEDIAKEEP_(.+_)?(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

    private static final Pattern SERVICE_PORT_VALUE = Pattern.compile("(tcp|udp|sctp)://.*");

    private final ConfigKeys keys;
    private final ConfigProblems problems;
    private final Map<String, String> variables = new TreeMap<>();

    Environment(ConfigKeys keys, ConfigProblems problems) {
        this.keys = keys;
        this.problems = problems;
    }

    /** The values in the environment, by key. An unknown variable with our prefix is a problem. */
    Map<String, String> read(Map<String, String> environment) {
        Map<String, String> values = new TreeMap<>();
        new TreeMap<>(environment).forEach((variable, value) -> {
            Optional<String> key = keys.ofVariable(variable);
            if (key.isPresent()) {
                values.put(key.get(), value);
                variables.put(key.get(), variable);
            } else if (variable.startsWith(ConfigKeys.PREFIX)
                    && !variable.equals(CONFIG)
                    && !variable.equals(TOKEN)
                    && !isServiceLink(variable, value)) {
                String hint = keys.nearestVariable(variable)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("");
                problems.add(variable, "environment", "unknown variable" + hint);
            }
        });
        return values;
    }

    /** The variable with the value of a key. */
    Optional<String> variableOf(String key) {
        return Optional.ofNullable(variables.get(key));
    }

    private static boolean isServiceLink(String variable, String value) {
        return SERVICE_LINK.matcher(variable).matches()
                || (variable.endsWith("_PORT")
                        && SERVICE_PORT_VALUE.matcher(value).matches());
    }
}
