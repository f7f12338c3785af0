package dev.longhaul.scheduler.site;

import java.util.Set;

import dev.longhaul.gitops.definition.DefinitionReader;
import dev.longhaul.gitops.definition.Definitions;
import dev.longhaul.gitops.definition.ReadResult;
import dev.longhaul.scheduler.access.Caller;
import dev.longhaul.scheduler.access.Scope;
import dev.longhaul.scheduler.rest.TargetView;

/**
 * What pages are made of besides the ledger.
 */
final class Declared {

	static final Caller OPERATOR = new Caller("anna", Set.of(Scope.OPERATE), null, null);

	static final Caller READER = new Caller("ben", Set.of(Scope.READ), null, null);

	static final TargetView BUCKET = new TargetView("default", "target", "s3://bucket@region/", "object storage",
			"away");

	static final TargetView NAS = new TargetView("nas", "mirror", "file:///mnt/nas", "file system", null);

	private Declared() {
	}

	/** One file of YAML. */
	static Definitions definitions(String yaml) {
		ReadResult result = DefinitionReader.readAlone("all.yaml", yaml);
		if (result instanceof ReadResult.Sound sound) {
			return sound.definitions();
		}
		throw new AssertionError(result);
	}

	static Definitions household() {
		return definitions("""
				apiVersion: longhaul.dev/v1
				kind: Application
				metadata: {name: gitea}
				spec: {namespace: gitea, volumes: [{claim: data}]}
				---
				apiVersion: longhaul.dev/v1
				kind: Application
				metadata: {name: wiki}
				spec: {namespace: wiki, volumes: [{claim: data}]}
				---
				apiVersion: longhaul.dev/v1
				kind: BackupJob
				metadata: {name: nightly}
				spec: {schedule: "30 2 * * *", timeZone: Europe/Berlin}
				---
				apiVersion: longhaul.dev/v1
				kind: BackupJob
				metadata: {name: hourly}
				spec: {schedule: "0 * * * *", timeZone: UTC, applications: [wiki]}
				---
				apiVersion: longhaul.dev/v1
				kind: MirrorJob
				metadata: {name: copies}
				spec: {after: nightly, to: nas}
				---
				apiVersion: longhaul.dev/v1
				kind: VerifyJob
				metadata: {name: weekly}
				spec: {after: copies, restorePoints: 7, applications: [gitea]}
				---
				apiVersion: longhaul.dev/v1
				kind: VerifyJob
				metadata: {name: paused}
				spec: {schedule: "0 5 * * 1", timeZone: UTC, restorePoints: 7, suspend: true}
				""");
	}

}
