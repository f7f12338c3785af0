package dev.longhaul.gitops.definition;

import java.util.function.Function;

import dev.longhaul.core.workload.Place;
import dev.longhaul.core.workload.Workload;
import dev.longhaul.gitops.form.Field;
import dev.longhaul.gitops.form.Form;
import dev.longhaul.gitops.form.ObjectForm;
import dev.longhaul.gitops.form.Values;

/**
 * The forms of workloads and of places in them; each is completed by the application's
 * namespace.
 */
final class WorkloadForm {

	private static final Field<String> DEPLOYMENT = Field.optional("deployment", Names.OBJECT,
			"A Deployment on these volumes.");

	private static final Field<String> STATEFUL_SET = Field.optional("statefulSet", Names.OBJECT,
			"A StatefulSet on these volumes.");

	private static final Field<String> NAMESPACE = Field.optional("namespace", Names.NAMESPACE,
			"Where this one is, if not in the application's namespace.");

	private static final Field<String> CONTAINER = Field.optional("container", Names.OBJECT,
			"A container of its pods; if left out their first, or the one kubectl takes.");

	static final Form<Function<String, Workload>> WORKLOAD = ObjectForm.of("either 'deployment' or 'statefulSet'",
			WorkloadForm::workload, DEPLOYMENT, STATEFUL_SET, NAMESPACE);

	static final Form<Function<String, Place>> PLACE = ObjectForm.of(
			"either 'deployment' or 'statefulSet', with its container", WorkloadForm::place, DEPLOYMENT, STATEFUL_SET,
			CONTAINER, NAMESPACE);

	private WorkloadForm() {
	}

	private static Function<String, Workload> workload(Values values) {
		String deployment = values.find(DEPLOYMENT);
		ApplicationForm.requireOne(deployment, values.find(STATEFUL_SET));
		String other = values.find(NAMESPACE);
		return namespace -> {
			String where = (other != null) ? other : namespace;
			return (deployment != null) ? new Workload(Workload.Kind.DEPLOYMENT, where, deployment)
					: new Workload(Workload.Kind.STATEFUL_SET, where, values.get(STATEFUL_SET));
		};
	}

	private static Function<String, Place> place(Values values) {
		Function<String, Workload> workload = workload(values);
		return namespace -> new Place(workload.apply(namespace), values.find(CONTAINER));
	}

}
