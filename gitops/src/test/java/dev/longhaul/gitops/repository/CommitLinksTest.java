package dev.longhaul.gitops.repository;

import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CommitLinksTest {

	private static final Revision COMMIT = new Revision("a".repeat(40), "ada", Instant.EPOCH, "jobs");

	@ParameterizedTest
	@CsvSource({ "https://gitea.example.org/me/homelab.git,https://gitea.example.org/me/homelab/commit/",
			"http://gitea.gitea.svc:3000/me/homelab,http://gitea.gitea.svc:3000/me/homelab/commit/",
			"https://example.org/git/me/homelab.git/,https://example.org/git/me/homelab/commit/",
			"https://github.com/me/homelab,https://github.com/me/homelab/commit/",
			"https://gitlab.com/group/part/homelab.git,https://gitlab.com/group/part/homelab/-/commit/" })
	void aCommitIsWhereItsRepositoryIs(String url, String link) {
		assertThat(new CommitLinks(Optional.of(url)).of(COMMIT)).map(String::valueOf).hasValue(link + COMMIT.id());
	}

	@ParameterizedTest
	@ValueSource(strings = { "git@gitea.example.org:me/homelab.git", "ssh://git@gitea.example.org/me/homelab.git",
			"http://127.0.0.1:8080/me/homelab.git", "http://[::1]/me/homelab.git",
			"https://user@example.org/me/homelab", "https://example.org/repository.git", "javascript:alert(1)",
			"https://example.org/me/<b>", "::" })
	void whereThatIsNotKnownThereIsNoLink(String url) {
		assertThat(new CommitLinks(Optional.of(url)).of(COMMIT)).isEmpty();
	}

	@Test
	void withoutARepositoryThereIsNone() {
		assertThat(new CommitLinks(Optional.empty()).of(COMMIT)).isEmpty();
	}

}
