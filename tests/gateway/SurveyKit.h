#pragma once
#include <nlohmann/json.hpp>

#include "TempDir.h"
#include "crypto/Voprf.h"
#include "form/Form.h"
#include "pack/PackWriter.h"
#include "wire/SurveyAnswer.h"

/// Surveys of a pretend city, and answers to them.
namespace tram::test {

inline std::string surveyForm(const std::string& identity, bool once) {
    const auto words = [](const char* vi, const char* en) { return nlohmann::json{{"vi", vi}, {"en", en}}; };
    const auto option = [&](const char* id, const char* vi) {
        return nlohmann::json{{"id", id}, {"text", words(vi, id)}};
    };
    const nlohmann::json how = {{"id", "how"},
                                {"type", "one"},
                                {"text", words("Thế nào, nói chung?", "How?")},
                                {"required", true},
                                {"options", {option("good", "Tốt"), option("bad", "=Kém")}}};
    const nlohmann::json rate = {
        {"id", "rate"}, {"type", "scale"}, {"text", words("Mấy điểm?", "Rate?")}, {"from", 1}, {"to", 3}};
    const nlohmann::json wait = {{"id", "wait"},
                                 {"type", "number"},
                                 {"text", words("Chờ bao lâu?", "Wait?")},
                                 {"least", -5},
                                 {"whole", false}};
    const nlohmann::json why = {{"id", "why"},
                                {"type", "text"},
                                {"text", words("Vì sao?", "Why?")},
                                {"when", {{"question", "how"}, {"is", "bad"}}}};
    return nlohmann::json{{"v", 1},
                          {"title", words("Khảo sát mẫu", "A sample survey")},
                          {"intro", words("Mẫu", "Sample")},
                          {"identity", identity},
                          {"once", once},
                          {"sections", {{{"questions", {how, rate, wait, why}}}}}}
        .dump();
}

/// A pack with four surveys: "open", "once" (both anonymous), "signed" (once) and "twin", the same as "open".
inline std::filesystem::path surveyPack(const std::filesystem::path& file,
                                        const std::string& until = "2099-12-31") {
    const auto entry = [&until](const char* id, const std::string& form) {
        const nlohmann::json fields = {{"about", "Mẫu"}, {"until", until}, {"form", form}};
        return pack::Entry{"survey", id, "Khảo sát mẫu", "", {}, fields.dump(), "", 1};
    };
    const auto written = pack::writePack(
        file, {"surveys", "nobody", "2026-11-20T08:00:00+07:00"},
        {entry("open", surveyForm("anonymous", false)), entry("once", surveyForm("anonymous", true)),
         entry("signed", surveyForm("signed", true)), entry("twin", surveyForm("anonymous", false))});
    if (!written) throw std::runtime_error("no pack");
    return file;
}

inline std::string formOfSurvey(const std::string& survey) {
    return surveyForm(survey == "signed" ? "signed" : "anonymous", survey != "open");
}

inline wire::SurveyAnswer surveyAnswer(const std::string& survey, const std::string& answers) {
    wire::SurveyAnswer answer;
    answer.survey = survey;
    answer.formHash = form::hashOf(formOfSurvey(survey));
    answer.language = "vi";
    answer.token = base::SecretText(crypto::toBase64Url(crypto::randomBytes(16)));
    if (survey == "signed") answer.subject = base::SecretText(crypto::toBase64Url(crypto::Bytes(32, 7)));
    if (survey == "signed") answer.name = base::SecretText("Nguyễn CANARY");
    answer.answersJson = base::SecretText(answers);
    return answer;
}

}  // namespace tram::test
