package io.mediakeep.preview;

import java.net.URI;
import java.util.List;

/**
 * Which addresses may be looked at, as far as the operator says so: {@code allow PATTERN} or {@code deny PATTERN}, see
 * {@link UrlPattern}. The first rule that fits decides; where none fits, it is allowed. The rules are asked for each
 * address that is followed: what a user sent, redirects, and whatever a page names. A path that a server may take for
 * another one, as {@code /x/..%2fsecret}, is denied as either of them, and allowed only as both.
 */
final class UrlRules {
    private final List<Rule> rules;

    /** The rules that are written here; nonsense is refused with {@link IllegalArgumentException}. */
    UrlRules(List<String> rules) {
        this.rules = rules.stream().map(Rule::parse).toList();
    }

    /** Whether the address may be looked at. */
    boolean permit(URI url) {
        return rules.stream()
                .filter(rule -> rule.fits(url))
                .findFirst()
                .map(Rule::allows)
                .orElse(true);
    }

    private record Rule(boolean allows, UrlPattern pattern) {
        boolean fits(URI url) {
            boolean asAsked = pattern.matches(url);
            boolean asReadBySome = pattern.matchesAsReadBySome(url);
            return allows ? asAsked && asReadBySome : asAsked || asReadBySome;
        }

        static Rule parse(String text) {
            String[] words = text.strip().split("\\s+", -1);
            if (words.length != 2 || !(words[0].equals("allow") || words[0].equals("deny"))) {
                throw new IllegalArgumentException(
                        "must be 'allow' or 'deny' and a pattern, such as deny *.example.org");
            }
            return new Rule(words[0].equals("allow"), UrlPattern.parse(words[1]));
        }
    }
}
