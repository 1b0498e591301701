/// What fontconfig 2.14 loses once in a process while it reads its own configuration. Our stacks do not pass
/// through it.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
    return "leak:libfontconfig";
}
