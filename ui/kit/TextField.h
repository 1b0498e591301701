#pragma once
#include <memory>

#include "ui/kit/Layout.h"
#include "ui/kit/TextEdit.h"

namespace tram::kit {

struct TextFieldOptions {
    std::string id;
    std::shared_ptr<TextEdit> model;
    std::string placeholder = {};
    bool multiline = false;
    int minLines = 1;
    std::string label = {};      ///< above the field
    std::string error = {};      ///< under it, with an icon
    bool wrong = false;          ///< together with another: what is wrong stands in an errorLine below both
    std::string hint = {};       ///< under it at the left
    std::string counter = {};    ///< under it at the right: "98 / 2.000"
    std::string icon = {};       ///< inside at the left
    std::string spoken = {};     ///< the label when empty
    ViewRef trailing = nullptr;  ///< inside at the right, e.g. a Quiet button
    bool large = false;          ///< a tracking code being typed
    bool enabled = true;
    bool masked = false;  ///< a PIN: nobody looks over a shoulder
};
/// What is wrong, with its sign; for fields that share it (TextFieldOptions::wrong).
ViewRef errorLine(const std::string& error);
/// A multi-line field with a weight fills its place and scrolls inside so that the caret stays in view.
ViewRef textField(TextFieldOptions options);

}  // namespace tram::kit
