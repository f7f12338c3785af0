package dev.longhaul.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The directions between modules and the bans of the design, over the classes of every
 * module. This module is the last to be built but for measurements, so all are there.
 */
class ArchitectureTest {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	/** Which of our modules each module may use. */
	private static final Map<String, List<String>> MAY_USE = new LinkedHashMap<>();

	static {
		MAY_USE.put("core", List.of());
		MAY_USE.put("bucket", List.of());
		MAY_USE.put("backupstore", List.of("core"));
		MAY_USE.put("longhorn", List.of("core"));
		MAY_USE.put("gitops", List.of("core"));
		MAY_USE.put("restore", List.of("core", "backupstore"));
		MAY_USE.put("simulator", List.of("core", "bucket", "backupstore", "longhorn"));
		MAY_USE.put("batch", List.of("core", "backupstore", "restore"));
		MAY_USE.put("cli", List.of("core", "backupstore", "longhorn", "gitops", "restore"));
		MAY_USE.put("scheduler", List.of("core", "backupstore", "longhorn", "gitops", "restore", "batch"));
	}

	/** Built after this module; nobody can depend on them, and they may use anything. */
	private static final List<String> MEASUREMENTS = List.of("benchmarks");

	private static JavaClasses everything;

	@BeforeAll
	static void importAllModules() {
		List<Path> classes = MAY_USE.keySet().stream().map(module -> ROOT.resolve(module + "/target/classes")).toList();
		everything = new ClassFileImporter().importPaths(classes);
	}

	@Test
	void knowsEveryModuleOfTheBuild() throws IOException {
		String pom = Files.readString(ROOT.resolve("pom.xml"));
		List<String> modules = Pattern.compile("<module>(.+?)</module>")
			.matcher(pom)
			.results()
			.map(m -> m.group(1))
			.toList();

		assertThat(modules)
			.containsExactlyElementsOf(Stream.concat(MAY_USE.keySet().stream(), MEASUREMENTS.stream()).toList());
		for (String module : MAY_USE.keySet()) {
			assertThat(everything.stream().anyMatch(type -> inModule(type, module)))
				.as("classes of module %s were found", module)
				.isTrue();
		}
	}

	@TestFactory
	Stream<DynamicTest> modulesUseOnlyWhatStandsBelowThem() {
		return MAY_USE.entrySet().stream().map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
			String[] others = MAY_USE.keySet()
				.stream()
				.filter(module -> !module.equals(entry.getKey()) && !entry.getValue().contains(module))
				.map(ArchitectureTest::packagesOf)
				.toArray(String[]::new);
			noClasses().that()
				.resideInAPackage(packagesOf(entry.getKey()))
				.should()
				.dependOnClassesThat()
				.resideInAnyPackage(others)
				.because("each module exists to keep a heavy dependency away from the others")
				.check(everything);
		}));
	}

	@TestFactory
	Stream<DynamicTest> librariesStayWhereTheyBelong() {
		return Stream.of(
				only("software.amazon.awssdk..", "S3 is one kind of store; the format does not know it",
						"dev.longhaul.backupstore.s3..", "dev.longhaul.bucket.."),
				only("io.fabric8..", "custom resources never leave the module that speaks to the cluster",
						"dev.longhaul.longhorn..", "dev.longhaul.simulator.."),
				only("org.springframework.batch..", "jobs are Spring Batch's, decisions are not",
						"dev.longhaul.batch..", "dev.longhaul.scheduler.."),
				only("org.springframework..", "the command line works when the server is gone, and starts at once",
						"dev.longhaul.batch..", "dev.longhaul.scheduler.."),
				only("org.quartz..", "schedules are the server's", "dev.longhaul.scheduler.."),
				only("org.eclipse.jgit..",
						"Git is one place configuration comes from, and the embedded cluster has one",
						"dev.longhaul.gitops..", "dev.longhaul.simulator.git.."),
				only("org.snakeyaml.engine..", "who uses definitions does not know how they are written",
						"dev.longhaul.gitops.."),
				only("com.cronutils..", "when a schedule comes due is decided in one place", "dev.longhaul.gitops.."),
				only("org.sqlite..", "a database of somebody else's is opened in one place, with all precautions",
						"dev.longhaul.batch.check.."),
				only("com.exceptionfactory.jagged..", "what is encrypted, and for whom, is decided in one place",
						"dev.longhaul.backupstore.stream.."),
				only("io.nayuki..", "only the page of a recovery kit has codes", "dev.longhaul.restore.kit.."),
				only("org.bouncycastle..", "what is encrypted, and for whom, is decided in one place",
						"dev.longhaul.backupstore.stream.."),
				only("com.github.luben.zstd..", "only exports are compressed with it",
						"dev.longhaul.backupstore.stream.."),
				only("org.gaul.s3proxy..", "the embedded bucket is on no production class path",
						"dev.longhaul.bucket.."),
				only("com.marcnuri.helm..", "Helm is a large native library, and is loaded where charts are",
						"dev.longhaul.cli.chart..", "dev.longhaul.simulator.argo.."),
				only("com.fasterxml.jackson.databind..", "our formats are parsed by hand, strictly and as a stream",
						"dev.longhaul.longhorn..", "dev.longhaul.simulator.."),
				only("tools.jackson.databind..", "our formats are parsed by hand, strictly and as a stream",
						"dev.longhaul.scheduler.."));
	}

	@Test
	void coreUsesNothingButTheJdk() {
		classes().that()
			.resideInAPackage(packagesOf("core"))
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage("dev.longhaul.core..", "java..", "javax.crypto..", "org.jspecify..")
			.because("core is the vocabulary every module shares: a library here would reach all of them")
			.check(everything);
	}

	@Test
	void nobodyReadsTheClockOfTheMachine() {
		ArchRule rule = noClasses().that()
			.resideOutsideOfPackage("dev.longhaul.core.time..")
			.should()
			.callMethod(Instant.class, "now")
			.orShould()
			.callMethod(System.class, "currentTimeMillis")
			.orShould()
			.callMethod(System.class, "nanoTime")
			.orShould()
			.callMethod(Thread.class, "sleep", long.class)
			.orShould()
			.callMethod(Clock.class, "systemDefaultZone")
			.because("time is a parameter: a night in a test takes no night");

		rule.check(everything);
	}

	@Test
	void nobodyInjectsIntoFields() {
		fields().should()
			.notBeAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
			.andShould()
			.notBeAnnotatedWith("org.springframework.beans.factory.annotation.Value")
			.because("a constructor says what a class needs, and keeps it final")
			.check(everything);
	}

	@Test
	void packagesOfAModuleAreFreeOfTangles() {
		for (String module : MAY_USE.keySet()) {
			slices().matching("dev.longhaul." + module + ".(*)..")
				.should()
				.beFreeOfCycles()
				.because("a package one cannot understand without its neighbours is not a room of its own")
				.allowEmptyShould(true)
				.check(everything);
		}
	}

	@Test
	void everyPackageSaysWhatItIsAndIsNullMarked() {
		classes().that(areWrittenByUs()).should(resideInANullMarkedPackage()).check(everything);
	}

	@Test
	void namesSayWhatAThingIs() {
		noClasses().that(areWrittenByUs())
			.should()
			.haveSimpleNameEndingWith("Util")
			.orShould()
			.haveSimpleNameEndingWith("Utils")
			.orShould()
			.haveSimpleNameEndingWith("Helper")
			.orShould()
			.haveSimpleNameEndingWith("Manager")
			.orShould()
			.haveSimpleNameEndingWith("Impl")
			.because("such a name says that the concept has not been found yet")
			.check(everything);
	}

	private static DynamicTest only(String library, String reason, String... users) {
		return DynamicTest.dynamicTest(library + " only in " + Arrays.toString(users),
				() -> noClasses().that()
					.resideOutsideOfPackages(users)
					.should()
					.dependOnClassesThat()
					.resideInAPackage(library)
					.because(reason)
					.check(everything));
	}

	private static DescribedPredicate<JavaClass> areWrittenByUs() {
		return DescribedPredicate.describe("are written by us",
				type -> !type.getPackageName().startsWith("dev.longhaul.longhorn.crd")
						&& !type.getPackageName().startsWith("gg.jte.generated"));
	}

	private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
		return new ArchCondition<>("reside in a @NullMarked package") {
			@Override
			public void check(JavaClass type, ConditionEvents events) {
				boolean marked = type.getPackage()
					.tryGetPackageInfo()
					.map(info -> info.isAnnotatedWith(NullMarked.class))
					.orElse(false);
				if (!marked) {
					events.add(SimpleConditionEvent.violated(type,
							type.getPackageName() + " has no @NullMarked package-info"));
				}
			}
		};
	}

	private static boolean inModule(JavaClass type, String module) {
		String root = "dev.longhaul." + module;
		return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
	}

	private static String packagesOf(String module) {
		return "dev.longhaul." + module + "..";
	}

}
