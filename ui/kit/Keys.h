#pragma once

class wxKeyEvent;

namespace tram::kit {

/// The character a key press stands for on the layout in use, 0 when none. Taken from the key itself, before
/// any input method: what is typed here is composed by typing::Composer and by nothing else.
char32_t characterOf(const wxKeyEvent& event);

}  // namespace tram::kit
