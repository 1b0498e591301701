#include "feedback/Draft.h"

namespace tram::feedback {

std::string_view name(Issue issue) {
    switch (issue) {
        case Issue::FieldMissing:
            return "field_missing";
        case Issue::TextTooShort:
            return "text_too_short";
        case Issue::TextTooLong:
            return "text_too_long";
        case Issue::WardMissing:
            return "ward_missing";
        case Issue::WhoMissing:
            return "who_missing";
        case Issue::NameMissing:
            return "name_missing";
        case Issue::ContactMissing:
            return "contact_missing";
        case Issue::PhoneInvalid:
            return "phone_invalid";
        case Issue::EmailInvalid:
            return "email_invalid";
        case Issue::ConsentMissing:
            return "consent_missing";
    }
    return "unknown";
}

}  // namespace tram::feedback
