package dev.longhaul.gitops.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;

import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.failure.RefusedRequest;
import dev.longhaul.core.failure.TransientFailure;
import dev.longhaul.core.volume.ByteSize;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Against OpenSSH's server and Git's own programs behind it.
 */
class SshIT {

	private static final String NIGHTLY = """
			apiVersion: longhaul.dev/v1
			kind: BackupJob
			metadata:
			  name: nightly
			spec:
			  schedule: "30 2 * * *"
			""";

	@TempDir
	private Path directory;

	@AutoClose
	private GitServer git;

	@AutoClose
	private SshServer ssh;

	private String url;

	@BeforeEach
	void serveARepository() throws IOException {
		ssh = SshServer.start(directory.resolve("ssh"));
		git = GitServer.start(directory.resolve("server"));
		git.commit("longhaul/jobs/nightly.yaml", NIGHTLY);
		url = ssh.url(git.repository());
	}

	@ParameterizedTest
	@CsvSource({ "ed25519,", "rsa,-b 3072", "rsa,-b 3072 -m PEM", "ecdsa,-b 256" })
	void readsDefinitionsWithAnyKindOfKey(String type, String options) throws IOException {
		String[] all = (options != null) ? (type + " " + options).split(" ", -1) : new String[] { type };
		GitLogin.Key login = ssh.login("secret", all);

		try (DefinitionRepository repository = open(url, login, FetchBounds.USUAL)) {
			assertThat(repository.refresh().definitions().jobs()).hasSize(1);
			String second = git.commit("longhaul/jobs/hourly.yaml", NIGHTLY.replace("nightly", "hourly"));
			assertThat(repository.refresh().revision().id()).isEqualTo(second);
		}
	}

	@Test
	void refusesAServerThatIsNotKnownAndSaysWhichKeyItShowed() throws IOException {
		GitLogin.Key login = ssh.login("secret");
		Files.writeString(login.knownHosts(), "github.com " + ssh.hostKey() + "\n");

		LonghaulException failure = refused(url, login);

		assertThat(failure.code()).isEqualTo(FailureCode.GIT_REFUSED);
		assertThat(failure.fact()).isEqualTo("[127.0.0.1]:%d is not among the known hosts; its key is ssh-ed25519 %s"
			.formatted(ssh.port(), ssh.hostFingerprint()));
		assertThat(failure.hint()).contains("ssh-keyscan");
		assertThat(Files.readString(login.knownHosts())).as("nothing is trusted on first use")
			.doesNotContain("127.0.0.1");
	}

	@Test
	void refusesAServerWhoseKeyIsAnotherOneOrRevoked() throws IOException {
		GitLogin.Key login = ssh.login("secret");
		ssh.knows(login.file().getParent(), ssh.anotherHostKey());

		LonghaulException changed = refused(url, login);
		Files.writeString(login.knownHosts(),
				"@revoked * %s\n[127.0.0.1]:%d %s\n".formatted(ssh.hostKey(), ssh.port(), ssh.hostKey()));
		LonghaulException revoked = refused(url, login);

		assertThat(changed.code()).isEqualTo(FailureCode.GIT_REFUSED);
		assertThat(changed.fact())
			.isEqualTo("the key of [127.0.0.1]:%d is not the one that is known; it is ssh-ed25519 %s"
				.formatted(ssh.port(), ssh.hostFingerprint()));
		assertThat(revoked.fact()).contains("is revoked").contains(ssh.hostFingerprint());
	}

	@Test
	void saysThatTheServerRefusesTheKey() throws IOException {
		GitLogin.Key login = ssh.login("secret");
		ssh.forgetKeys();

		LonghaulException failure = refused(url, login);

		assertThat(failure).isInstanceOf(RefusedRequest.class);
		assertThat(failure.fact()).isEqualTo(url + " (main) refuses the key");
	}

	@Test
	void refusesAKeyThatNeedsAPassphraseOrIsNone() throws IOException {
		GitLogin.Key encrypted = ssh.login("encrypted", "ed25519", "-N", "a passphrase");
		GitLogin.Key pem = ssh.login("pem", "rsa", "-m", "PEM", "-N", "a passphrase");
		GitLogin.Key none = ssh.login("none");
		Files.writeString(none.file(), "not a key but a secret\n");

		for (GitLogin.Key login : new GitLogin.Key[] { encrypted, pem }) {
			LonghaulException failure = refused(url, login);

			assertThat(failure.code()).isEqualTo(FailureCode.INVALID_CONFIGURATION);
			assertThat(failure.fact()).isEqualTo("'%s' is encrypted with a passphrase".formatted(login.file()));
		}
		LonghaulException failure = refused(url, none);
		assertThat(failure.code()).isEqualTo(FailureCode.INVALID_CONFIGURATION);
		assertThat(failure).hasStackTraceContaining(none.file().toString());
		assertThat(failure.toString() + failure.getCause()).doesNotContain("a secret");
	}

	@Test
	void tellsAMissingRepositoryFromAMissingBranchAndAServerThatIsAway() throws IOException {
		GitLogin.Key login = ssh.login("secret");

		LonghaulException repository = refused(url.replace("homelab", "nowhere"), login);
		LonghaulException branch = catchThrowableOfType(LonghaulException.class,
				() -> refresh(new GitSource(url, "nowhere", login), FetchBounds.USUAL));
		ssh.close();
		LonghaulException away = refused(url, login);

		assertThat(repository.fact()).startsWith("there is no repository at ssh://");
		assertThat(branch.fact()).isEqualTo(url + " (nowhere) has no such branch");
		assertThat(away).isInstanceOf(TransientFailure.class);
		assertThat(away.code()).isEqualTo(FailureCode.GIT_UNREACHABLE);
		assertThat(away.fact()).contains(url, "Connection refused");
	}

	@Test
	void receivesNoMoreAndNoLongerThanItIsAllowed() throws IOException {
		GitLogin.Key login = ssh.login("secret");
		byte[] random = new byte[3 * 1024 * 1024];
		new Random(7).nextBytes(random);
		git.commit("film.bin", random, "main");
		GitSource source = new GitSource(url, "main", login);

		LonghaulException large = catchThrowableOfType(LonghaulException.class, () -> refresh(source,
				new FetchBounds(ByteSize.ofMebibytes(1), Duration.ofSeconds(20), Duration.ofMinutes(1))));
		LonghaulException slow = catchThrowableOfType(LonghaulException.class,
				() -> refresh(source, new FetchBounds(ByteSize.ofMebibytes(1), Duration.ofSeconds(20), Duration.ZERO)));

		assertThat(large.fact()).isEqualTo(url + " (main): the repository sends more than 1 MiB");
		assertThat(slow.fact()).isEqualTo(url + " (main): the repository was not received within 0 s");
	}

	private LonghaulException refused(String url, GitLogin login) {
		return catchThrowableOfType(LonghaulException.class,
				() -> refresh(new GitSource(url, "main", login), FetchBounds.USUAL));
	}

	private void refresh(GitSource source, FetchBounds bounds) {
		try (DefinitionRepository repository = DefinitionRepository.open(directory.resolve("local"), source, bounds,
				Clock.systemUTC())) {
			repository.refresh();
		}
	}

	private DefinitionRepository open(String url, GitLogin login, FetchBounds bounds) {
		return DefinitionRepository.open(directory.resolve("local"), new GitSource(url, "main", login), bounds,
				Clock.systemUTC());
	}

}
