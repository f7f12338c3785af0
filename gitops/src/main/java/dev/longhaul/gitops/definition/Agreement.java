package dev.longhaul.gitops.definition;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.longhaul.core.application.ApplicationDefinition;
import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.application.VolumeSelector;
import dev.longhaul.core.job.Applications;
import dev.longhaul.core.job.BackupJob;
import dev.longhaul.core.job.JobDefinition;
import dev.longhaul.core.job.Start;
import dev.longhaul.core.run.JobName;
import dev.longhaul.core.volume.ClaimRef;
import dev.longhaul.gitops.form.Position;
import dev.longhaul.gitops.form.Reading;

/**
 * Whether definitions that are sound alone agree with each other.
 */
final class Agreement {

	private final Definitions definitions;

	private final Reading reading;

	Agreement(Definitions definitions, Reading reading) {
		this.definitions = definitions;
		this.reading = reading;
	}

	void check() {
		refuseTwice(definitions.applications(), ApplicationDefinition::name, "application");
		refuseTwice(definitions.jobs(), JobDefinition::name, "job");
		refuseVolumesOfTwoApplications();
		definitions.jobs().forEach(this::refuseUnknownApplications);
		refuseTwoRetentions();
		definitions.jobs().forEach(this::refuseUnknownJobBefore);
		if (reading.count() == 0) {
			refuseCircles();
		}
	}

	private <D> void refuseTwice(List<D> definitions, Function<D, Object> name, String what) {
		Map<Object, Object> first = new HashMap<>();
		for (D definition : definitions) {
			Object before = first.putIfAbsent(name.apply(definition), name.apply(definition));
			if (before != null) {
				reading.refuse(reading.positionOf(name.apply(definition)),
						"%s '%s' is defined a second time".formatted(what, before),
						"the first is at " + reading.positionOf(before));
			}
		}
	}

	/** A volume that two applications share would be snapshotted at two moments. */
	private void refuseVolumesOfTwoApplications() {
		Map<ClaimRef, ClaimRef> first = new HashMap<>();
		for (ApplicationDefinition application : definitions.applications()) {
			for (VolumeSelector volume : application.volumes()) {
				if (volume instanceof VolumeSelector.ByClaim byClaim) {
					ClaimRef claim = byClaim.claim();
					ClaimRef before = first.putIfAbsent(claim, claim);
					if (before != null) {
						reading.refuse(placeOf(claim), "claim '" + claim + "' is named a second time",
								"the first is at " + placeOf(before));
					}
				}
			}
		}
	}

	/** A claim is put together of two values; it stands where its name does. */
	private Position placeOf(ClaimRef claim) {
		return reading.positionOf(claim.name());
	}

	private void refuseUnknownApplications(JobDefinition job) {
		if (!(job.applications() instanceof Applications.Only only)) {
			return;
		}
		Set<ApplicationName> known = definitions.applications()
			.stream()
			.map(ApplicationDefinition::name)
			.collect(Collectors.toCollection(TreeSet::new));
		only.names()
			.stream()
			.filter(name -> !known.contains(name))
			.forEach(name -> reading.refuse(reading.positionOf(name), "no application '" + name + "' is defined",
					known.isEmpty() ? "define it in applications/" : "defined are " + joined(known)));
	}

	/** What one of them keeps the other would remove. */
	private void refuseTwoRetentions() {
		Map<ApplicationName, BackupJob> first = new HashMap<>();
		for (JobDefinition job : definitions.jobs()) {
			if (!(job instanceof BackupJob backup) || backup.retention() == null) {
				continue;
			}
			definitions.applicationsOf(backup)
				.stream()
				.map(ApplicationDefinition::name)
				.map(name -> first.putIfAbsent(name, backup))
				.filter(Objects::nonNull)
				.findFirst()
				.ifPresent(before -> reading.refuse(reading.positionOf(job.name()),
						"job '%s' has a 'retention' for an application that job '%s' has one for too"
							.formatted(job.name(), before.name()),
						"keep one of them: it is of all restore points of an application, whichever job made them"));
		}
	}

	private void refuseUnknownJobBefore(JobDefinition job) {
		before(job).filter(name -> definitions.job(name).isEmpty())
			.ifPresent(name -> reading.refuse(reading.positionOf(name), "no job '" + name + "' is defined",
					"defined are " + joined(definitions.jobs().stream().map(JobDefinition::name).toList())));
	}

	/** Jobs that wait for each other would never start. */
	private void refuseCircles() {
		for (JobDefinition job : definitions.jobs()) {
			Set<JobName> passed = new HashSet<>();
			Optional<JobName> next = Optional.of(job.name());
			while (next.isPresent() && passed.add(next.get())) {
				next = definitions.job(next.get()).flatMap(Agreement::before);
			}
			if (next.isPresent() && next.get().equals(job.name())) {
				reading.refuse(reading.positionOf(before(job).orElseThrow()),
						"job '" + job.name() + "' waits, in the end, for itself", "give one of them a 'schedule'");
			}
		}
	}

	private static Optional<JobName> before(JobDefinition job) {
		return (job.trigger().start() instanceof Start.After after) ? Optional.of(after.job()) : Optional.empty();
	}

	private static String joined(Iterable<?> names) {
		StringBuilder joined = new StringBuilder();
		names.forEach(name -> joined.append(joined.isEmpty() ? "" : ", ").append(name));
		return joined.toString();
	}

}
