#pragma once
#include <iosfwd>

#include "typing/Options.h"

namespace tram::typing {

/// Lines of keystrokes (UTF-8) to the text a person would see in a field after typing them. Memory does not
/// grow with the length of a line; 08 and 7F are the backspace key; bytes that are not UTF-8 become U+FFFD.
void typeLines(std::istream& keys, std::ostream& text, const Options& options);

}  // namespace tram::typing
