#include "publish/SurveySource.h"

#include <nlohmann/json.hpp>

#include "form/Form.h"
#include "publish/DeclaredSource.h"

namespace tram::publish {

namespace {

constexpr const char* kSomeForm =
    R"({"v":1,"title":{"vi":"-","en":"-"},"intro":{"vi":"-","en":"-"},"identity":"anonymous","sections":[)"
    R"({"questions":[{"id":"a","type":"text","text":{"vi":"-","en":"-"}}]}]})";

}  // namespace

Table readSurvey(std::string_view text, const std::string& file, Faults& faults) {
    static const Declared kSurvey = {
        "form",
        {"id", "until"},
        {"id", "until", "ward", "popularity", "also_found_by"},
        form::Form::kMaxBytes,
        {{"until", "2000-01-01"}, {"form", kSomeForm}},
        [](const nlohmann::json& value, std::vector<form::Fault>& wrong) -> std::optional<Declared::Words> {
            const auto form = form::Form::read(value, "form", wrong);
            if (!form) return {};
            return Declared::Words{{"title", form->title.vi}, {"about", form->intro.vi}};
        }};
    return readDeclared(text, file, kSurvey, faults);
}

}  // namespace tram::publish
