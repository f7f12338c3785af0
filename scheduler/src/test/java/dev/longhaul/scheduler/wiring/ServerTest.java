package dev.longhaul.scheduler.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.longhaul.batch.stop.StopSignal;
import dev.longhaul.core.failure.FailureCode;
import dev.longhaul.core.failure.LonghaulException;
import dev.longhaul.core.guard.Accepted;
import dev.longhaul.core.job.Applications;
import dev.longhaul.core.job.Misfire;
import dev.longhaul.core.job.MirrorJob;
import dev.longhaul.core.job.Start;
import dev.longhaul.core.job.Trigger;
import dev.longhaul.core.run.JobName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ServerTest {

	private static final String CONFIGURATION = """
			longhaul:
			  cluster:
			    kubeconfig: DIRECTORY/kubeconfig
			    site: home
			  target:
			    url: file:///DIRECTORY/bucket
			    credentials: DIRECTORY/credentials
			  database: DIRECTORY/longhaul
			  applications:
			    - name: gitea
			      claims: [gitea/data, gitea/db]
			""";

	private static final String KUBECONFIG = """
			apiVersion: v1
			kind: Config
			current-context: home
			clusters: [{name: home, cluster: {server: "https://127.0.0.1:1"}}]
			contexts: [{name: home, context: {cluster: home, user: home}}]
			users: [{name: home, user: {token: a-token}}]
			""";

	@TempDir
	private Path directory;

	@Test
	void wiresEverythingWithoutOpeningAConnection() throws IOException {
		prepare();

		try (Server server = open(CONFIGURATION);
				NightContext night = server.night(new NightPlan(server.applications(), null, Accepted.NOTHING),
						event -> {
						}, new StopSignal())) {
			server.history().recover();
			assertThat(server.history().interrupted(new JobName("nightly"))).isEmpty();
			assertThat(server.databasePutAside()).isNull();
			assertThat(server.repository()).isEmpty();
			assertThat(night.launcher()).isNotNull();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					site: home               | sight: home           | INVALID_CONFIGURATION | there is no setting 'longhaul.cluster.sight' (line 4)
					applications:            | aplications:          | INVALID_CONFIGURATION | neither longhaul.git nor longhaul.applications is set
					url:                     | site:                 | INVALID_CONFIGURATION | longhaul.target.url is not set
					database: DIRECTORY/longhaul | patience: {stall: 5m} | INVALID_CONFIGURATION | longhaul.database is not set
					site: home               | site: [                | INVALID_CONFIGURATION | 'FILE' is not YAML: line 6:
					name: gitea              | name: Gitea!           | INVALID_CONFIGURATION | 'Gitea!' is not an application name: use at most 40 of a-z, 0-9 and inner '-'
					gitea/data,              | data,                  | INVALID_CONFIGURATION | 'data' is not a claim; write namespace/name
					gitea/db                 | gitea/data             | INVALID_CONFIGURATION | application 'gitea' names a claim twice: [gitea/data, gitea/data]
					file:///                 | nfs://                 | INVALID_TARGET_URL    | 'nfs' is a scheme that is not read
					DIRECTORY/kubeconfig     | DIRECTORY/none         | INVALID_CONFIGURATION | kubeconfig 'DIRECTORY/none' does not exist
					DIRECTORY/credentials    | DIRECTORY/none         | MISSING_CREDENTIALS   | the credentials in 'DIRECTORY/none' cannot be read
					""")
	void saysWhatIsWrongWithTheConfiguration(String right, String wrong, FailureCode code, String fact)
			throws IOException {
		prepare();
		assertThat(CONFIGURATION).contains(right);

		assertThatThrownBy(() -> openAndPlan(CONFIGURATION.replace(right, wrong)))
			.isInstanceOfSatisfying(LonghaulException.class, (failure) -> {
				assertThat(failure.code()).isEqualTo(code);
				assertThat(failure.fact()).startsWith(fact.replace("DIRECTORY", directory.toString())
					.replace("FILE", directory.resolve("longhaul.yaml").toString()));
				assertThat(failure.hint()).isNotBlank();
			});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					{url: "file:///mnt/nas"}                  | longhaul.mirrors[].name is not set
					{name: nas}                               | longhaul.mirrors[].url is not set
					{name: nas, url: "nfs://nas"}             | 'nfs' is a scheme that is not read
					{name: default, url: "file:///mnt/nas"}   | two targets are named 'default'
					{name: nas, url: "file:///DIRECTORY/bucket/copy"} | 'file://DIRECTORY/bucket/copy' and 'file://DIRECTORY/bucket' are the same place, or one lies in the other
					{name: nas, url: "file:///mnt/nas", credentials: DIRECTORY/none} | the credentials in 'DIRECTORY/none' cannot be read
					{name: nas, url: "file:///mnt/nas", sight: attic} | there is no setting 'longhaul.mirrors[0].sight'
					""")
	void saysWhatIsWrongWithAMirror(String mirror, String fact) throws IOException {
		prepare();

		assertThatThrownBy(() -> open(CONFIGURATION + "  mirrors: [" + mirror + "]\n").close())
			.hasMessageStartingWith(fact.replace("DIRECTORY", directory.toString()));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			default | usb     | there is no target 'usb' in the configuration
			usb     | nas     | there is no target 'usb' in the configuration
			nas     | default | a mirror may not write to 'default', where Longhorn writes its backups
			""")
	void aMirrorOfTargetsThatAreNotConfiguredIsRefused(String from, String to, String fact) throws IOException {
		prepare();

		try (Server server = open(CONFIGURATION + "  mirrors: [{name: nas, url: \"file:///mnt/nas\"}]\n")) {
			MirrorJob job = new MirrorJob(new JobName("mirror"),
					new Trigger(new Start.After(new JobName("nightly")), false, Misfire.SKIP, Duration.ZERO, List.of()),
					new Applications.All(), from, to);

			assertThatThrownBy(() -> server.mirror(job, event -> {
			}, new StopSignal()).close()).hasMessage(fact);
		}
	}

	@Test
	void refusesAGuardThatGuardsNothing() throws IOException {
		prepare();

		assertThatThrownBy(() -> open(CONFIGURATION + "  guards: {shrink: 100}\n").close())
			.hasMessage("longhaul.guards.shrink must be 1 to 99 percent, not 100");
	}

	@Test
	void namesASettingThatDoesNotFitWithoutRepeatingItsValue() throws IOException {
		prepare();

		assertThatThrownBy(() -> open(CONFIGURATION + "  patience: {stall: s3cr3t}\n").close())
			.hasMessage("the setting 'longhaul.patience.stall' (line 12) is not a duration such as 30s or 5m");
	}

	@Test
	void saysThatTheFileIsNotThere() {
		assertThatThrownBy(() -> Server.open(directory.resolve("none.yaml"), new StopSignal()))
			.hasMessage("there is no file '%s'", directory.resolve("none.yaml"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"',
			textBlock = """
					{refresh: 1m}                            | longhaul.git.url is not set
					{url: "http://git/r.git", refresh: 0s}   | longhaul.git.refresh must be a duration above zero, not PT0S
					{url: "ftp://git/r.git"}                 | 'ftp://git/r.git' is no URL of a Git repository that can be used here
					{url: "http://me:s3cr3t@git/r.git"}      | the URL of the Git repository has a user or a password in it
					{url: "http://git/r.git", branch: "a b"} | 'a b' is no name of a branch
					{url: "http://git/r.git", credentials: DIRECTORY/credentials} | there is no file of the private key in 'DIRECTORY/credentials'
					""")
	void saysWhatIsWrongWithTheRepository(String git, String fact) throws IOException {
		prepare();

		assertThatThrownBy(() -> {
			try (Server server = open(withGit(git))) {
				server.repository().orElseThrow().close();
			}
		}).hasMessage(fact.replace("DIRECTORY", directory.toString()));
	}

	@Test
	void keepsItsCopyOfTheRepositoryBesideTheDatabase() throws IOException {
		prepare();

		try (Server server = open(withGit("{url: \"http://git/r.git\"}"))) {
			server.repository().orElseThrow().close();
			assertThat(server.applications()).isEmpty();
			assertThat(server.refreshInterval()).contains(Duration.ofMinutes(1));
		}

		assertThat(directory.resolve("longhaul-git")).isDirectory();
	}

	@Test
	void twoDeclarationsOfApplicationsAreOneTooMany() throws IOException {
		prepare();

		assertThatThrownBy(() -> open(CONFIGURATION + "  git: {url: \"http://git/r.git\"}\n").close())
			.hasMessage("both longhaul.git and longhaul.applications are set");
	}

	private static String withGit(String git) {
		return CONFIGURATION.substring(0, CONFIGURATION.indexOf("  applications:")) + "  git: " + git + "\n";
	}

	private void openAndPlan(String configuration) throws IOException {
		try (Server server = open(configuration)) {
			server.applications();
		}
	}

	private Server open(String configuration) throws IOException {
		Path file = directory.resolve("longhaul.yaml");
		Files.writeString(file, configuration.replace("DIRECTORY", directory.toString()));
		return Server.open(file, new StopSignal());
	}

	private void prepare() throws IOException {
		Files.writeString(directory.resolve("kubeconfig"), KUBECONFIG);
		Files.createDirectories(directory.resolve("bucket"));
		Files.createDirectories(directory.resolve("credentials"));
		Files.writeString(directory.resolve("credentials/AWS_ACCESS_KEY_ID"), "key");
	}

}
