# Prints a secret from where images keep it: a variable, or the file that another variable names.   $1 the variable
set -eu

secret() {
	eval "value=\${$1:-} file=\${$1_FILE:-}"
	if [ -n "$value" ]; then
		printf %s "$value"
	elif [ -n "$file" ]; then
		cat "$file"
	fi
}
