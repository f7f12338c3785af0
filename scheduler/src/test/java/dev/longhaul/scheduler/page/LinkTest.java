package dev.longhaul.scheduler.page;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LinkTest {

	@ParameterizedTest
	@ValueSource(strings = { "javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "//evil.example",
			"/\\evil.example", "", " https://example.org", "vbscript:x" })
	void refusesScriptsAndOtherServersInDisguise(String href) {
		assertThatIllegalArgumentException().isThrownBy(() -> new Link("commit", href))
			.withMessage("'%s' is no place a page links to".formatted(href));
		assertThatIllegalArgumentException().isThrownBy(() -> new Action("Run now", href, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/runs/1?x=y", "https://gitea.example.org/me/homelab", "http://127.0.0.1:3000/x" })
	void takesPlacesHereAndOnTheWeb(String href) {
		assertThat(new Link("commit", href).href()).isEqualTo(href);
	}

}
