package dev.longhaul.gitops.definition;

import java.util.Map;

import dev.longhaul.core.application.ApplicationName;
import dev.longhaul.core.run.JobName;
import dev.longhaul.gitops.form.Form;
import dev.longhaul.gitops.form.Forms;

/**
 * The forms of names, ours and those of Kubernetes.
 */
final class Names {

	private static final String OURS = "^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$";

	/** A DNS subdomain, as RFC 1123 has it. */
	private static final String SUBDOMAIN = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?([.][a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$";

	private static final String LABEL = "^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$";

	static final Form<JobName> JOB = Forms.text("a name of at most 40 of a-z, 0-9 and inner '-'", OURS, JobName::new);

	static final Form<ApplicationName> APPLICATION = Forms.text("a name of at most 40 of a-z, 0-9 and inner '-'", OURS,
			ApplicationName::new);

	static final Form<String> TARGET = Forms.text("the name of a backup target", LABEL, text -> matching(text, LABEL));

	static final Form<String> NAMESPACE = Forms.text("the name of a namespace", LABEL, text -> matching(text, LABEL));

	static final Form<String> OBJECT = Forms.text("the name of an object of Kubernetes", SUBDOMAIN,
			text -> matching(text, SUBDOMAIN));

	static final Form<Map<String, String>> LABELS = Forms
		.texts("labels, each with its value in quotes where it could " + "be taken for a number");

	private Names() {
	}

	private static String matching(String text, String pattern) {
		if (!text.matches(pattern)) {
			throw new IllegalArgumentException("'" + text + "' is no name of Kubernetes");
		}
		return text;
	}

}
