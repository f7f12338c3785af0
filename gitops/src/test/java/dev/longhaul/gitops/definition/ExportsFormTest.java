package dev.longhaul.gitops.definition;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.longhaul.core.export.Dump;
import dev.longhaul.core.export.ExportName;
import dev.longhaul.core.export.ExportPlan;
import dev.longhaul.core.export.ObjectList;
import dev.longhaul.core.export.Recipient;
import dev.longhaul.core.export.RepositoryBundle;
import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;
import dev.longhaul.gitops.form.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class ExportsFormTest {

	private static final String KEY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p";

	private static final String CLOUD = """
			apiVersion: longhaul.dev/v1
			kind: Application
			metadata: {name: cloud}
			spec:
			  namespace: cloud
			  volumes: [claim: data]
			  workloads:
			    - deployment: app
			    - {statefulSet: db, namespace: databases}
			  exports:
			    recipients:
			      - %s
			    dumps:
			      - name: database
			        mariadb:
			          in: {statefulSet: db, namespace: databases, container: db}
			          database: cloud
			        timeout: 2h
			      - {name: roles, postgresql: {in: {statefulSet: db, namespace: databases}}}
			      - {name: vault, sqlite: {in: {deployment: app}, file: /data/db.sqlite3}}
			      - {name: own, run: {in: {deployment: app}, command: [app-ctl, dump]}}
			    objects: true
			    repository: true
			""".formatted(KEY);

	@Test
	void readsExports() {
		Place db = new Place(new Workload(Workload.Kind.STATEFUL_SET, "databases", "db"), "db");
		Place any = new Place(db.workload(), null);
		Place app = new Place(new Workload(Workload.Kind.DEPLOYMENT, "cloud", "app"), null);
		Duration hour = Duration.ofHours(1);

		ReadResult result = DefinitionReader.readAlone("cloud.yaml", CLOUD);

		ExportPlan exports = ((ReadResult.Sound) result).definitions().applications().get(0).exports();
		assertThat(exports.recipients()).containsExactly(new Recipient(KEY));
		assertThat(exports.sources()).containsExactly(
				Dump.ofMariadb(new ExportName("database"), db, "cloud", Duration.ofHours(2)),
				Dump.ofPostgresql(new ExportName("roles"), any, null, hour),
				Dump.ofSqlite(new ExportName("vault"), app, "/data/db.sqlite3", hour),
				new Dump(new ExportName("own"), "output of app-ctl", app, List.of("app-ctl", "dump"), hour),
				new ObjectList(), new RepositoryBundle());
	}

	static Stream<Arguments> mistakes() {
		return Stream.of(
				arguments(KEY, KEY.replace("5ayy", "5aya"),
						"cloud.yaml:12:9: 'age1ql3z7hjy...' is not a public key of age: its checksum does not fit, so "
								+ "a character of it is wrong; expected a public key of age"),
				arguments("name: roles", "name: database",
						"cloud.yaml:14:7: two exports have the same name; expected exports"),
				arguments("name: own", "name: objects",
						"cloud.yaml:14:7: two exports have the same name; expected exports"),
				arguments("objects: true", "objects: all",
						"cloud.yaml:22:14: 'all' is not what belongs here; expected true or false"),
				arguments("timeout: 2h", "timeout: 13h",
						"cloud.yaml:18:18: no dump may take longer than 12h; expected a name and one of 'mariadb', "
								+ "'postgresql', 'sqlite' and 'run'"),
				arguments("file: /data", "file: data",
						"cloud.yaml:20:61: 'data/db.sqlite3' is no absolute path; expected an absolute path"),
				arguments("database: cloud", "database: --help",
						"cloud.yaml:17:21: '--help' would be taken for an option; expected the name of a database"),
				arguments("in: {deployment: app}, file", "in: {deployment: other}, file",
						"cloud.yaml:11:5: export 'vault' needs deployment 'other' in 'cloud', which is not among the "
								+ "application's workloads; expected an application"),
				arguments("own, run:", "own, ruin:",
						"cloud.yaml:21:21: 'ruin' is no key that is known here; known are name, mariadb, postgresql, "
								+ "sqlite, run, timeout"));
	}

	@Test
	void refusesExportsOfNothing() {
		String nothing = CLOUD.substring(0, CLOUD.indexOf("    recipients")) + "    objects: false\n";

		ReadResult result = DefinitionReader.readAlone("cloud.yaml", nothing);

		assertThat(((ReadResult.Refused) result).problems()).extracting(Problem::toString)
			.containsExactly("cloud.yaml:11:5: nothing is exported; expected exports");
	}

	@ParameterizedTest
	@MethodSource("mistakes")
	void refusesMistakesWithTheirPlace(String sound, String wrong, String problem) {
		assertThat(CLOUD).contains(sound);

		ReadResult result = DefinitionReader.readAlone("cloud.yaml", CLOUD.replace(sound, wrong));

		assertThat(((ReadResult.Refused) result).problems()).extracting(Problem::toString).contains(problem);
	}

}
