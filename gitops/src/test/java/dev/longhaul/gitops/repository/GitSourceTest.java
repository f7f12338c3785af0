package dev.longhaul.gitops.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class GitSourceTest {

	private static final GitLogin.Key KEY = new GitLogin.Key(Path.of("identity"), Path.of("known_hosts"));

	private static final GitLogin ANONYMOUS = new GitLogin.Anonymous();

	@TempDir
	private Path secret;

	@ParameterizedTest
	@ValueSource(strings = { "ssh://git@gitea.example.org/me/homelab.git", "ssh://git@gitea.example.org:2222/homelab",
			"ssh://gitea.example.org/homelab.git", "git@gitea.example.org:me/homelab.git", "me@10.0.0.7:/srv/homelab" })
	void takesBothFormsOfSsh(String url) {
		assertThatCode(() -> new GitSource(url, "main", KEY)).doesNotThrowAnyException();
		assertThat(catchThrowableOfType(LonghaulException.class, () -> new GitSource(url, "main", ANONYMOUS)).code())
			.isEqualTo(FailureCode.MISSING_CREDENTIALS);
	}

	@ParameterizedTest
	@ValueSource(strings = { "file:///srv/homelab.git", "/srv/homelab.git", "git://example.org/homelab.git",
			"ext::sh -c id", "ssh://git:secret@example.org/homelab.git", "https://me:secret@example.org/homelab.git",
			"https://secret@example.org/homelab.git", "git@:homelab.git", "git@example.org:", "", "C:\\homelab" })
	void refusesEverythingElseWithoutRepeatingASecret(String url) {
		for (GitLogin login : new GitLogin[] { KEY, ANONYMOUS }) {
			LonghaulException failure = catchThrowableOfType(LonghaulException.class,
					() -> new GitSource(url, "main", login));

			assertThat(failure.code()).isEqualTo(FailureCode.INVALID_CONFIGURATION);
			assertThat(failure.toString()).doesNotContain("secret");
		}
	}

	@Test
	void doesNotSendAKeyOverHttp() {
		LonghaulException failure = catchThrowableOfType(LonghaulException.class,
				() -> new GitSource("https://example.org/homelab.git", "main", KEY));

		assertThat(failure.fact())
			.isEqualTo("'https://example.org/homelab.git' is not reached by SSH, and there is a private key for it");
	}

	@Test
	void findsAKeyByTheNamesThatOthersGiveIt() throws IOException {
		Files.createFile(secret.resolve("sshPrivateKey"));
		LonghaulException missing = catchThrowableOfType(LonghaulException.class, () -> GitLogin.Key.in(secret));
		Files.createFile(secret.resolve("ssh_known_hosts"));

		assertThat(missing.code()).isEqualTo(FailureCode.MISSING_CREDENTIALS);
		assertThat(missing).hasMessage("there is no file of the known hosts in '%s'".formatted(secret));
		assertThat(GitLogin.Key.in(secret))
			.isEqualTo(new GitLogin.Key(secret.resolve("sshPrivateKey"), secret.resolve("ssh_known_hosts")));
	}

}
