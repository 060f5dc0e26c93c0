package io.mediakeep.config;

import io.mediakeep.auth.AuthSettings.FixedToken;
import io.mediakeep.matrix.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code auth.tokens}. No problem contains a token. */
final class FixedTokens {
    private final Values values;
    private final Map<String, String> keysByToken = new HashMap<>();

    FixedTokens(Values values) {
        this.values = values;
    }

    /** The complete ones, in the order of their indexes, which may have gaps. */
    List<FixedToken> read() {
        List<FixedToken> tokens = new ArrayList<>();
        for (int index : values.indexes("auth.tokens")) {
            read("auth.tokens[" + index + "].").ifPresent(tokens::add);
        }
        return tokens;
    }

    private Optional<FixedToken> read(String entry) {
        Optional<String> token = required(entry + "token", values.find(entry + "token", Syntax::token));
        Optional<UserId> user = required(entry + "user", values.find(entry + "user", UserId::new));
        boolean admin = values.get(entry + "admin", false, Syntax::flag);
        boolean guest = values.get(entry + "guest", false, Syntax::flag);
        if (admin && guest) {
            values.problem(entry + "guest", "a guest cannot be an administrator");
        }
        token.ifPresent(text -> rejectDuplicate(text, entry + "token"));
        return token.flatMap(text -> user.map(name -> new FixedToken(text, name, admin, guest)));
    }

    private <T> Optional<T> required(String key, Optional<T> value) {
        if (value.isEmpty() && !values.isSet(key)) {
            values.problem(key, "must be set");
        }
        return value;
    }

    private void rejectDuplicate(String token, String key) {
        String first = keysByToken.putIfAbsent(token, key);
        if (first != null) {
            values.problem(key, "is the same as " + first);
        }
    }
}
