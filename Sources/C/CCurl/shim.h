// libcurl for HTTPTransport, with wrappers for what Swift cannot call.

#ifndef CLARA_CCURL_SHIM_H
#define CLARA_CCURL_SHIM_H

#include <curl/curl.h>

// curl_easy_setopt and curl_easy_getinfo are variadic macros, which cannot be called from Swift:
// one wrapper for each type of argument.

__attribute__((swift_name("curlSet(_:_:long:)")))
static inline CURLcode clara_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

__attribute__((swift_name("curlSet(_:_:string:)")))
static inline CURLcode clara_curl_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

__attribute__((swift_name("curlSet(_:_:pointer:)")))
static inline CURLcode clara_curl_set_pointer(CURL *handle, CURLoption option, const void *value) {
    return curl_easy_setopt(handle, option, value);
}

__attribute__((swift_name("curlSet(_:_:size:)")))
static inline CURLcode clara_curl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

__attribute__((swift_name("curlSet(_:_:list:)")))
static inline CURLcode clara_curl_set_list(CURL *handle, CURLoption option,
                                           struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

typedef size_t (*clara_curl_data_callback)(char *bytes, size_t size, size_t count, void *context);

__attribute__((swift_name("curlSet(_:_:callback:)")))
static inline CURLcode clara_curl_set_callback(CURL *handle, CURLoption option,
                                               clara_curl_data_callback value) {
    return curl_easy_setopt(handle, option, value);
}

__attribute__((swift_name("curlResponseCode(_:_:)")))
static inline CURLcode clara_curl_response_code(CURL *handle, long *code) {
    return curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, code);
}

// CURLAUTH_BASIC is a macro with a cast, which is not imported.
static const long CLARA_CURLAUTH_BASIC = (long)CURLAUTH_BASIC;

// The result of a finished transfer is in a C union, which Swift imports under an unstable name.
__attribute__((swift_name("curlNextResult(_:_:)")))
static inline int clara_curl_next_result(CURLM *multi, CURLcode *result) {
    int left = 0;
    CURLMsg *message = curl_multi_info_read(multi, &left);
    if (message == NULL || message->msg != CURLMSG_DONE) return 0;
    *result = message->data.result;
    return 1;
}

#endif
