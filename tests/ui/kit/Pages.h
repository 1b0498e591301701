#pragma once
#include <map>
#include <memory>
#include <string>

#include "ui/kit/Chart.h"
#include "ui/kit/Kit.h"

/// Pages as the mockups draw them, for the gallery and for tests of the layout.
namespace tram::kit::sample {

struct Models {
    std::shared_ptr<TextEdit> text, code;
    std::shared_ptr<KeyboardState> keyboard = std::make_shared<KeyboardState>();
    Models();
};

KeyboardWords keyboardWords();
/// By name: home, feedback, receipt, problem, dossier, controls, fields, list, overlay, pictures, charts,
/// numbers, mail.
std::map<std::string, ViewRef> pages(const Models& models);

}  // namespace tram::kit::sample
