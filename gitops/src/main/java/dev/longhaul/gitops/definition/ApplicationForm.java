package dev.longhaul.gitops.definition;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.VolumeSelector;
import dev.longhaul.core.profile.Check;
import dev.longhaul.core.export.Dump;
import dev.longhaul.core.export.ExportPlan;
import dev.longhaul.core.profile.Profile;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.core.workload.Workload;
import dev.longhaul.gitops.form.Field;
import dev.longhaul.gitops.form.Form;
import dev.longhaul.gitops.form.Forms;
import dev.longhaul.gitops.form.ObjectForm;
import dev.longhaul.gitops.form.Values;
import dev.longhaul.gitops.form.WordedForm;
import org.jspecify.annotations.Nullable;

/**
 * The form of an {@code Application}.
 */
final class ApplicationForm {

	private static final Field<String> NAMESPACE = Field.required("namespace", Names.NAMESPACE,
			"Where its claims and workloads are.");

	private static final Field<String> OTHER_NAMESPACE = Field.optional("namespace", Names.NAMESPACE,
			"Where this one is, if not in the application's namespace.");

	private static final Field<String> CLAIM = Field.optional("claim", Names.OBJECT,
			"The PersistentVolumeClaim on a volume.");

	private static final Field<Map<String, String>> MATCH_LABELS = Field.optional("matchLabels", Names.LABELS,
			"Labels of PersistentVolumeClaims: the volumes of all claims that have them all.");

	private static final Form<Function<String, VolumeSelector>> VOLUME = ObjectForm
		.of("either 'claim' or 'matchLabels'", ApplicationForm::volume, CLAIM, MATCH_LABELS, OTHER_NAMESPACE);

	private static final Field<List<Function<String, VolumeSelector>>> VOLUMES = Field.required("volumes",
			Forms.listOf(VOLUME), "The volumes that belong together: they are backed up as one.");

	private static final Field<List<Function<String, Workload>>> WORKLOADS = Field.optional("workloads",
			Forms.listOf(WorkloadForm.WORKLOAD), List.of(), "What runs on its volumes.");

	private static final Field<Function<String, Profile>> PROFILE = Field.optional("profile", ProfileForm.PROFILE,
			"How it is made quiet, so that the snapshots of all its volumes are of one moment; if left out it is not.");

	private static final Field<List<Function<String, Check>>> CHECKS = Field.optional("checks",
			Forms.listOf(CheckForm.CHECK),
			"What is looked at in its data, as they were read back from the bucket; if left out it is what its profile "
					+ "looks at.");

	private static final Field<Function<String, ExportPlan>> EXPORTS = Field.optional("exports", ExportsForm.EXPORTS,
			"Streams that are kept beside its volumes, such as a dump of its database.");

	static final Form<Function<ApplicationName, ApplicationDefinition>> SPEC = new WordedForm<>(ObjectForm
		.of("an application", ApplicationForm::application, NAMESPACE, VOLUMES, WORKLOADS, PROFILE, CHECKS, EXPORTS),
			(definition, words) -> name -> definition.apply(name).declaredAs(words));

	private ApplicationForm() {
	}

	private static Function<ApplicationName, ApplicationDefinition> application(Values values) {
		String namespace = values.get(NAMESPACE);
		List<VolumeSelector> volumes = values.get(VOLUMES).stream().map(volume -> volume.apply(namespace)).toList();
		List<Workload> workloads = values.get(WORKLOADS).stream().map(workload -> workload.apply(namespace)).toList();
		Profile profile = profile(values, namespace, workloads);
		ExportPlan exports = exports(values, namespace, workloads);
		if (values.find(CHECKS) == null) {
			return name -> new ApplicationDefinition(name, volumes, workloads, profile).exporting(exports);
		}
		List<Check> checks = checks(values, namespace, volumes);
		return name -> new ApplicationDefinition(name, volumes, workloads, profile, checks, exports, null);
	}

	/** Volumes that are chosen by label are not known yet. */
	private static List<Check> checks(Values values, String namespace, List<VolumeSelector> volumes) {
		List<Check> checks = values.get(CHECKS).stream().map(check -> check.apply(namespace)).toList();
		if (volumes.stream().allMatch(VolumeSelector.ByClaim.class::isInstance)) {
			checks.forEach(check -> requireVolume(values, check, volumes));
		}
		return checks;
	}

	private static void requireVolume(Values values, Check check, List<VolumeSelector> volumes) {
		ClaimRef claim = check.claim();
		if (claim == null && volumes.size() > 1) {
			throw values.mistake(CHECKS,
					"'%s' needs its claim: the application has %d volumes".formatted(check.what(), volumes.size()));
		}
		if (claim != null && !volumes.contains(new VolumeSelector.ByClaim(claim))) {
			throw values.mistake(CHECKS, "claim '%s' is not among the application's volumes".formatted(claim));
		}
	}

	/** Where a command is run has to be visible where the application is declared. */
	private static ExportPlan exports(Values values, String namespace, List<Workload> workloads) {
		Function<String, ExportPlan> declared = values.find(EXPORTS);
		if (declared == null) {
			return ExportPlan.NONE;
		}
		ExportPlan exports = declared.apply(namespace);
		for (Dump dump : exports.dumps()) {
			Workload needed = dump.place().workload();
			if (!workloads.contains(needed)) {
				throw values.mistake(EXPORTS, "export '%s' needs %s, which is not among the application's workloads"
					.formatted(dump.name(), needed));
			}
		}
		return exports;
	}

	/**
	 * What is stopped and started has to be visible where the application is declared.
	 */
	private static @Nullable Profile profile(Values values, String namespace, List<Workload> workloads) {
		Function<String, Profile> declared = values.find(PROFILE);
		if (declared == null) {
			return null;
		}
		Profile profile = completed(values, declared, namespace);
		for (Workload needed : profile.workloads()) {
			if (!workloads.contains(needed)) {
				throw values.mistake(PROFILE,
						"the profile needs %s, which is not among the application's workloads".formatted(needed));
			}
		}
		return profile;
	}

	private static Profile completed(Values values, Function<String, Profile> declared, String namespace) {
		try {
			return declared.apply(namespace);
		}
		catch (IllegalArgumentException ex) {
			throw values.mistake(PROFILE, String.valueOf(ex.getMessage()));
		}
	}

	private static Function<String, VolumeSelector> volume(Values values) {
		String claim = values.find(CLAIM);
		Map<String, String> labels = values.find(MATCH_LABELS);
		requireOne(claim, labels);
		return namespace -> {
			String place = place(values, namespace);
			return (claim != null) ? new VolumeSelector.ByClaim(new ClaimRef(place, claim))
					: new VolumeSelector.ByLabels(place, values.get(MATCH_LABELS));
		};
	}

	private static String place(Values values, String namespace) {
		String other = values.find(OTHER_NAMESPACE);
		return (other != null) ? other : namespace;
	}

	static void requireOne(@Nullable Object first, @Nullable Object second) {
		if ((first == null) == (second == null)) {
			throw new IllegalArgumentException((first == null) ? "neither of the two is there" : "both are there");
		}
	}

}
