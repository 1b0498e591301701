#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/Problem.h"
#include "base/Secret.h"
#include "wire/FeedbackReport.h"
#include "wire/Phone.h"

namespace tram::feedback {

/// A picture of the draft, already prepared by tram-camera; lives in memory only.
struct DraftPicture {
    std::string id;  ///< stable within the draft, names no file
    base::SecretBytes jpeg, thumbnail;
    std::filesystem::path source = {};  ///< which of the station's files it was made of
};

/// What the resident has said so far. Texts are cleaned (base::clean) before they are kept here.
struct Draft {
    std::string fieldId;
    base::SecretText text;
    std::string wardCode;
    base::SecretText address, landmark;
    std::vector<DraftPicture> pictures;
    base::SecretBytes papers;                    ///< one PDF, or empty
    int paperPages = 0;                          ///< of it
    std::optional<wire::Disclosure> disclosure;  ///< nothing chosen beforehand
    base::SecretText name, phone, email;
    bool consent = false;        ///< never ticked beforehand
    std::string consentVersion;  ///< of the words agreed to
};

/// Why a step cannot be left yet; ui words it beside the field it belongs to.
enum class Issue {
    FieldMissing,
    TextTooShort,
    TextTooLong,
    WardMissing,
    WhoMissing,
    NameMissing,
    ContactMissing,
    PhoneInvalid,
    EmailInvalid,
    ConsentMissing
};
std::string_view name(Issue issue);

using wire::phoneDigits;
using wire::plausibleEmail;
using wire::plausiblePhone;

}  // namespace tram::feedback
