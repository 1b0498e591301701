#pragma once
#include <memory>

#include "ui/kit/Layout.h"
#include "ui/kit/TextEdit.h"

namespace tram::kit {

enum class KeyboardLayout { Vietnamese, Code, Dossier /* and any other code: all capitals */, Number, Email };

/// What the keyboard remembers between renders; the shell keeps one as long as a session.
struct KeyboardState {
    typing::Method method = typing::Method::Telex;
    bool methodChosen = false;  ///< by the method's key: nothing else changes it any more
    enum class Shift { Off, Once, Caps } shift = Shift::Off;
    bool symbols = false;
};

struct KeyboardWords {
    std::string sac, huyen, hoi, nga, nang;   ///< the tones as words
    std::string telex, vni, off;              ///< the method key
    std::string space, hide, enter, letters;  ///< `letters` leads back from the symbols ("abc")
    std::string shift, backspace;             ///< spoken
};

struct KeyboardOptions {
    std::shared_ptr<TextEdit> model;
    std::shared_ptr<KeyboardState> state;  ///< whoever shows the field gives the model its method
    KeyboardLayout layout = KeyboardLayout::Vietnamese;
    KeyboardWords words;
    Action onHide = nullptr;
    Action onEnter = nullptr;  ///< none: the key appears only in multi-line fields
};
/// A bed over the whole width. Ids: "key.a", "key.ă", "key.tone.sac", "key.shift", "key.backspace",
/// "key.method", "key.symbols", "key.space", "key.hide", "key.enter".
ViewRef keyboard(KeyboardOptions options);

}  // namespace tram::kit
